using System;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Network;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// The Configuration Server: a client with the device key tells the node its keys, what its models are bound to, publish and
    /// subscribe to, and how it takes part in the network. See Mesh Protocol 1.1, section 4.4.1.
    /// </summary>
    /// <remarks>
    /// It keeps no state: the states belong to the layers that use them. Each group of states has a class that knows their messages. Nothing
    /// is allocated but for keys and publications that are set.
    /// </remarks>
    public sealed class ConfigurationServer : Model
    {
        /// <summary>Model identifier.</summary>
        public const int Identifier = 0x0000;


        private readonly bool _relay;
        private readonly bool _proxy;
        private readonly bool _beacon;

        /// <param name="relay">The Relay state of a node that was not told another.</param>
        /// <param name="proxy">Its GATT Proxy state.</param>
        /// <param name="beacon">Its Secure Network Beacon state.</param>
        public ConfigurationServer(bool relay, bool proxy, bool beacon)
            : base(Sig, Identifier)
        {
            _relay = relay;
            _proxy = proxy;
            _beacon = beacon;
        }

        /// <inheritdoc/>
        public override bool UsesDeviceKey
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            // Other nodes have device keys too, which this node may know, but no say here.
            if (message.AppKeyIndex != AccessKey.Device)
            {
                return ModelVerdict.UnknownOpcode;
            }

            ModelVerdict verdict = ConfigurationFeatures.Receive(Node, message, now);

            if (verdict == ModelVerdict.UnknownOpcode)
            {
                verdict = ConfigurationKeys.Receive(Node, message, now);
            }

            if (verdict == ModelVerdict.UnknownOpcode)
            {
                verdict = ConfigurationModels.Receive(Node, message, now);
            }

            return verdict == ModelVerdict.UnknownOpcode ? ConfigurationHeartbeat.Receive(Node, message, now) : verdict;
        }

        /// <inheritdoc/>
        public override void OnAttached()
        {
            for (int page = CompositionData.ElementsPage; page <= CompositionData.RelationsPage; page++)
            {
                if (2 + CompositionData.Encode(Node.Access.Composition, page, Node.ReplaySources, Node.Access.Buffer, 0) > AccessLayer.MaxPayload)
                {
                    throw new InvalidOperationException();
                }
            }

            OnReset(0);
        }

        /// <inheritdoc/>
        public override void OnReset(long now)
        {
            NetworkLayer network = Node.Stack.Network;
            network.RelayEnabled = _relay;
            Node.Stack.SetProxyEnabled(_proxy, now);
            Node.Stack.Beacons.Enabled = _beacon;
            network.NetworkTransmit = TransmitState.ThreeTimes;
            network.RelayRetransmit = TransmitState.ThreeTimes;
        }

        /// <summary>Answers with what is in the buffer of the access layer.</summary>
        internal static ModelVerdict Reply(Node node, AccessMessage message, int count, long now)
        {
            node.Access.Reply(message, count, now);

            return ModelVerdict.Accepted;
        }
    }
}
