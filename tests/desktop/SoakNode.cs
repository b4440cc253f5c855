using System;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.LowerTransport;
using MeshNode.Models;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode;

/// <summary>
/// One node of a <see cref="NodeSoak"/>: all the models there are, keys, bindings, subscriptions and publications. Allocates in its constructor only.
/// </summary>
internal sealed class SoakNode : IHealthClient, IRemoteDeviceKeys, IGattBearer
{
    public const int Company = 0x05F1;
    public const int Group = 0xC001;
    public const int AppKeyIndex = 0x123;
    public const string AppKeyText = "63964771734fbd76e3b40519d1d94a48";

    private const int FirstAddress = 0x0100;
    private const int Faults = 4;
    private const int ThirtySeconds = 0x5E;
    private const int TwiceAfter100Milliseconds = 0x0A;

    /// <summary>Label UUID that the nodes listen to.</summary>
    public static readonly byte[] Label = Hex.Decode("0073e7e4d8b9440faf8415df4c56c0e1");

    public readonly SoakBearer Bearer;
    public readonly Node Node;
    public readonly HealthServer Health;
    public readonly GenericOnOffClient Button = new(null);
    public readonly SoakClient Client = new(false);
    public readonly SoakClient ConfigurationClient = new(true);
    public readonly StateRecord Lamp = new();

    /// <summary>Configuration messages for this node: none that brings it a key or a label, which is what allocates.</summary>
    public readonly byte[][] Configuration;

    /// <summary>Place of <see cref="Label"/>.</summary>
    public readonly int LabelPlace;

    /// <summary>When it wants to be called.</summary>
    public long WakeAt;

    /// <summary>The proxy client that is connected, or <see langword="null"/>.</summary>
    public SoakProxyClient ProxyClient;

    private readonly TransportKey[] _deviceKeys;

    public SoakNode(int index, int nodes, SoakRadio radio, IRandomSource random, long now)
    {
        Bearer = new SoakBearer(radio, index);
        Health = new HealthServer(this, Faults);
        Composition composition = new(Company, 1, 1);
        Element first = composition.AddElement(0x0100);
        first.Add(new ConfigurationServer(true, true, true));
        first.Add(Health);
        first.Add(new SarConfigurationServer());
        LightnessElement.Compose(first, Lamp);
        first.Add(new EchoServer());
        first.Add(Client);
        first.Add(ConfigurationClient);
        Element second = composition.AddElement(0x0101);
        second.Add(Button);
        Node = new Node(Bearer, this, random, composition, StackProfile.Small());
        Node.Join(AddressOf(index), Peer.SampleIvIndex, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, DeviceKey(index), now);
        Node.UpperTransport.RemoteDeviceKeys = this;
        _deviceKeys = new TransportKey[nodes];

        for (int i = 0; i < nodes; i++)
        {
            _deviceKeys[i] = TransportKey.Device(DeviceKey(i));
        }

        int place = Node.AppKeys.Add(AppKeyIndex, 0, TransportKey.Application(Hex.Decode(AppKeyText)));

        for (int i = 0; i < composition.Count; i++)
        {
            for (int j = 0; j < composition[i].Count; j++)
            {
                Model model = composition[i][j];

                if (!model.UsesDeviceKey && !model.UsesRemoteDeviceKeys)
                {
                    model.Bindings = 1u << place;
                    Node.Subscriptions.Add(model, Group, LabelTable.None);
                }

                if (model.HasPublication)
                {
                    // The button publishes when it is pressed.
                    Publish(model, model == Button ? 0 : ThirtySeconds, now);
                }
            }
        }

        LabelPlace = Node.Labels.Refer(Label, 0);
        Node.Subscriptions.Add(first.Find(Company, 0x0001), Node.Labels.Address(LabelPlace), Node.Labels.Refer(Label, 0));
        Node.Heartbeat.SetPublication(Group, Heartbeat.Unlimited, 5, 5, Heartbeat.RelayFeature | Heartbeat.ProxyFeature, 0, now);
        Node.Heartbeat.SetSubscription(AddressOf((index + 1) % nodes), Group, 0x0D, now);
        Configuration = ConfigurationOf(AddressOf(index), AddressOf((index + 1) % nodes));
    }

    /// <summary>Unicast address of the primary element.</summary>
    public int Address
    {
        get { return Node.Stack.Network.PrimaryAddress; }
    }

    public static int AddressOf(int index)
    {
        return FirstAddress + (index << 4);
    }

    /// <summary>Sends a message from the first element.</summary>
    public SendVerdict Send(int destination, int label, int key, int ttl, bool segmented, bool szmic, byte[] message, int count, long now)
    {
        Array.Copy(message, 0, Node.Access.Buffer, 0, count);
        WakeAt = now;

        return Node.Access.Send(
            Node.Access.Composition[0],
            destination,
            label,
            key,
            key == AccessKey.RemoteDevice ? Node.Stack.Subnets[0] : null,
            ttl,
            segmented,
            szmic,
            count,
            now);
    }

    /// <inheritdoc/>
    public TransportKey Find(int address)
    {
        int index = (address - FirstAddress) >> 4;

        return index >= 0 && index < _deviceKeys.Length ? _deviceKeys[index] : null;
    }

    /// <inheritdoc/>
    public void OnAttention(int seconds, long now)
    {
    }

    /// <inheritdoc/>
    public bool RunTest(int testId, long now)
    {
        if (testId == 1)
        {
            Health.SetFault(1, now);
        }
        else
        {
            Health.ClearFault(1, now);
        }

        return testId < 2;
    }

    /// <inheritdoc/>
    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        return ProxyClient.Notify(value, offset, count);
    }

    /// <inheritdoc/>
    public void Disconnect(int connection)
    {
        ProxyClient.OnClosed();
    }

    private static byte[] DeviceKey(int index)
    {
        byte[] key = new byte[16];
        key[0] = (byte)(index + 1);

        return key;
    }

    private void Publish(Model model, int period, long now)
    {
        model.Publication = new Publication
        {
            Address = Group,
            AppKeyIndex = AppKeyIndex,
            Ttl = Publication.DefaultTtl,
            Period = period,
            Retransmit = TwiceAfter100Milliseconds,
        };
        Node.Access.OnPublicationChanged(model, now);
    }

    private static byte[][] ConfigurationOf(int address, int next)
    {
        string element = Text(address);
        string other = Text(next);
        string[] texts =
        [
            "800800", "8008ff", "800c", "800d05", "800d07", "8026", "80270111", "80270119", "8009", "800a00", "800a01", "800a01", "8012", "8023", "802412",
            "80150000", "8038", "803901c0ff06050300" + "0000", "803901c0ff05050300" + "0000", "803a", "803b" + other + "01c00c", "803b" + other + "01c00d",
            "8018" + element + "0010", "8029" + element + "0010", "804b" + element + "0010", "80010000", "8042", "80460000", "8047000001", "8047000000",
            "804d" + element + "f1050100", "802b" + element + "f1050100", "802d" + element, "800f", "806c", "806f",
            "801b" + element + "05c00010", "801c" + element + "05c00010", "801e" + element + "01c00010",
            "803f" + element + "23010610", "803d" + element + "23010610",
            "03" + element + "01c02301ff5e0a0010", "03" + element + "01c02301ff5d0a0010",
            "8020" + element + Hex.Encode(Label) + "0010", "00003012" + AppKeyText, "800c00", "800d01", "80700000", "8001", "8071ff",
        ];
        byte[][] messages = new byte[texts.Length][];

        for (int i = 0; i < texts.Length; i++)
        {
            messages[i] = Hex.Decode(texts[i]);
        }

        return messages;
    }

    private static string Text(int address)
    {
        return Hex.Encode([(byte)address, (byte)(address >> 8)]);
    }
}
