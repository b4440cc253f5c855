using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Storage;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// Configuration messages about the node as a whole: its composition, features, default TTL and transmissions, and its end. See
    /// Mesh Protocol 1.1, section 4.4.1.2.
    /// </summary>
    internal static class ConfigurationFeatures
    {
        private const int NotSupported = 0x02;
        private const int MaxFlag = 0x01;
        private const int ProhibitedTtl = 0x01;

        /// <summary>Takes a message, if it is one of these.</summary>
        public static ModelVerdict Receive(Node node, AccessMessage message, long now)
        {
            switch (message.Opcode)
            {
                case ConfigurationOpcode.CompositionDataGet:
                    return GetComposition(node, message, now);

                case ConfigurationOpcode.BeaconGet:
                case ConfigurationOpcode.DefaultTtlGet:
                case ConfigurationOpcode.FriendGet:
                case ConfigurationOpcode.GattProxyGet:
                case ConfigurationOpcode.NetworkTransmitGet:
                case ConfigurationOpcode.RelayGet:
                    return message.Count == 0 ? Answer(node, message, now) : ModelVerdict.Length;

                case ConfigurationOpcode.BeaconSet:
                case ConfigurationOpcode.DefaultTtlSet:
                case ConfigurationOpcode.FriendSet:
                case ConfigurationOpcode.GattProxySet:
                case ConfigurationOpcode.NetworkTransmitSet:
                case ConfigurationOpcode.RelaySet:
                    return Set(node, message, now);

                case ConfigurationOpcode.LowPowerNodePollTimeoutGet:
                    return GetPollTimeout(node, message, now);

                case ConfigurationOpcode.NodeReset:
                    if (message.Count != 0)
                    {
                        return ModelVerdict.Length;
                    }

                    node.LeaveSoon(now);

                    return ConfigurationServer.Reply(node, message, Opcode.Encode(ConfigurationOpcode.NodeResetStatus, node.Access.Buffer), now);

                default:
                    return ModelVerdict.UnknownOpcode;
            }
        }

        private static ModelVerdict Set(Node node, AccessMessage message, long now)
        {
            if (message.Count != (message.Opcode == ConfigurationOpcode.RelaySet ? 2 : 1))
            {
                return ModelVerdict.Length;
            }

            NetworkLayer network = node.Stack.Network;
            int value = message.Buffer[message.Offset];

            if (message.Opcode == ConfigurationOpcode.NetworkTransmitSet)
            {
                network.NetworkTransmit = value;
                node.Keep(StoredState.Settings, 0, now);

                return Answer(node, message, now);
            }

            if (message.Opcode == ConfigurationOpcode.DefaultTtlSet)
            {
                if (value == ProhibitedTtl || value > NetworkPdu.MaxTtl)
                {
                    return ModelVerdict.Prohibited;
                }

                node.Access.DefaultTtl = value;
                node.Keep(StoredState.Settings, 0, now);

                return Answer(node, message, now);
            }

            if (value > MaxFlag)
            {
                return ModelVerdict.Prohibited;
            }

            node.Keep(StoredState.Settings, 0, now);

            switch (message.Opcode)
            {
                case ConfigurationOpcode.BeaconSet:
                    node.Stack.Beacons.Enabled = value != 0;
                    break;

                case ConfigurationOpcode.GattProxySet:
                    node.Stack.SetProxyEnabled(value != 0, now);
                    break;

                case ConfigurationOpcode.RelaySet:
                    network.RelayEnabled = value != 0;
                    network.RelayRetransmit = message.Buffer[message.Offset + 1];
                    break;
            }

            return Answer(node, message, now);
        }

        // The Status of a state comes after its Get and Set.
        private static ModelVerdict Answer(Node node, AccessMessage message, long now)
        {
            NetworkLayer network = node.Stack.Network;
            byte[] answer = node.Access.Buffer;
            int status;
            int value;

            switch (message.Opcode)
            {
                case ConfigurationOpcode.BeaconGet:
                case ConfigurationOpcode.BeaconSet:
                    status = ConfigurationOpcode.BeaconStatus;
                    value = node.Stack.Beacons.Enabled ? 1 : 0;
                    break;

                case ConfigurationOpcode.DefaultTtlGet:
                case ConfigurationOpcode.DefaultTtlSet:
                    status = ConfigurationOpcode.DefaultTtlStatus;
                    value = node.Access.DefaultTtl;
                    break;

                case ConfigurationOpcode.FriendGet:
                case ConfigurationOpcode.FriendSet:
                    status = ConfigurationOpcode.FriendStatus;
                    value = NotSupported;
                    break;

                case ConfigurationOpcode.GattProxyGet:
                case ConfigurationOpcode.GattProxySet:
                    status = ConfigurationOpcode.GattProxyStatus;
                    value = network.ProxyEnabled ? 1 : 0;
                    break;

                case ConfigurationOpcode.NetworkTransmitGet:
                case ConfigurationOpcode.NetworkTransmitSet:
                    status = ConfigurationOpcode.NetworkTransmitStatus;
                    value = network.NetworkTransmit;
                    break;

                default:
                    status = ConfigurationOpcode.RelayStatus;
                    value = network.RelayEnabled ? 1 : 0;
                    break;
            }

            int count = Opcode.Encode(status, answer);
            answer[count++] = (byte)value;

            if (status == ConfigurationOpcode.RelayStatus)
            {
                answer[count++] = (byte)network.RelayRetransmit;
            }

            return ConfigurationServer.Reply(node, message, count, now);
        }

        private static ModelVerdict GetComposition(Node node, AccessMessage message, long now)
        {
            if (message.Count != 1)
            {
                return ModelVerdict.Length;
            }

            byte[] answer = node.Access.Buffer;
            int page = CompositionData.AvailablePage(message.Buffer[message.Offset]);
            int count = Opcode.Encode(ConfigurationOpcode.CompositionDataStatus, answer);
            answer[count++] = (byte)page;
            count += CompositionData.Encode(node.Access.Composition, page, node.ReplaySources, answer, count);

            return ConfigurationServer.Reply(node, message, count, now);
        }

        // The node is nobody's friend: there is no PollTimeout.
        private static ModelVerdict GetPollTimeout(Node node, AccessMessage message, long now)
        {
            if (message.Count != 2)
            {
                return ModelVerdict.Length;
            }

            int address = LittleEndian.ReadUInt16(message.Buffer, message.Offset);

            if (!Address.IsUnicast(address))
            {
                return ModelVerdict.Prohibited;
            }

            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.LowPowerNodePollTimeoutStatus, answer);
            LittleEndian.WriteUInt16(answer, count, address);
            LittleEndian.WriteUInt24(answer, count + 2, 0);

            return ConfigurationServer.Reply(node, message, count + 5, now);
        }
    }
}
