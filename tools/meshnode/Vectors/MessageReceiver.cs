using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Vectors;

/// <summary>A whole node with models that take any message: what the layers up to the access layer accept, they have.</summary>
internal sealed class MessageReceiver
{
    private const int OtherAddress = 0x7FFF;

    private readonly Node _node;

    /// <param name="netKeys">Network keys, at least one.</param>
    /// <param name="destination">Unicast address of the node, or what it subscribes to.</param>
    /// <param name="labels">Label UUIDs that it knows.</param>
    public MessageReceiver(
        IReadOnlyList<NetworkKey> netKeys, uint ivIndex, int destination, List<byte[]> appKeys, byte[] deviceKey, List<byte[]> labels)
    {
        AnyMessage application = new(false);
        Composition composition = new(0, 0, 0);
        Element element = composition.AddElement(0);
        element.Add(application);
        element.Add(new AnyMessage(true));
        SilentBearers bearers = new();
        _node = new Node(bearers, bearers, bearers, composition, StackProfile.Large());
        _node.Join(Address.IsUnicast(destination) ? destination : OtherAddress, ivIndex, false, 0, netKeys[0], false, deviceKey, 0);

        for (int i = 1; i < netKeys.Count; i++)
        {
            _node.Stack.Subnets.Add(i, netKeys[i]);
        }

        for (int i = 0; i < appKeys.Count; i++)
        {
            application.Bindings |= 1u << _node.AppKeys.Add(i, 0, TransportKey.Application(appKeys[i]));
        }

        if (destination is >= Address.FirstVirtual and < Address.FirstGroup)
        {
            foreach (byte[] label in labels)
            {
                _node.Subscriptions.Add(application, KeyDerivation.VirtualAddress(label, 0), _node.Labels.Refer(label, 0));
            }
        }
        else if (!Address.IsUnicast(destination))
        {
            _node.Subscriptions.Add(application, destination, LabelTable.None);
        }
    }

    /// <summary>Whether a model was given a message.</summary>
    public bool HasMessage => _node.Access.Count(AccessVerdict.Accepted) > 0;

    /// <summary>What the layers have said last.</summary>
    public string Verdict { get; private set; } = "nothing received";

    /// <summary>Receives a Network PDU.</summary>
    public void Receive(byte[] pdu)
    {
        _node.Stack.OnReceived(AdvertisingData.MeshMessage, pdu, 0, pdu.Length, 0);
        Verdict = $"{_node.Stack.LastNetworkVerdict}, lower transport {_node.LowerTransport.LastVerdict}, upper transport {_node.UpperTransport.LastVerdict}";
    }

    private sealed class AnyMessage(bool device) : Model(Sig, device ? 0 : 1)
    {
        public override bool UsesDeviceKey => device;

        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            return ModelVerdict.Accepted;
        }
    }
}
