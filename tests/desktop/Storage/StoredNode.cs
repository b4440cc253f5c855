using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;
using MeshNode.Network;
using MeshNode.Simulation;
using MeshNode.Storage;
using MeshNode.UpperTransport;

namespace MeshNode;

/// <summary>A node whose state is on a simulated flash: each new one is the same device after a start.</summary>
internal sealed class StoredNode
{
    private readonly Composition _composition = new(0x05F1, 1, 1);

    public StoredNode(
        IJournalMedium flash,
        long now,
        StackProfile profile = null,
        int version = NodeStore.FormatVersion,
        IAdvertisingBearer advertisingBearer = null,
        IGattBearer gattBearer = null,
        IRandomSource random = null)
    {
        Element light = _composition.AddElement(0);
        light.Add(new ConfigurationServer(true, true, true));
        light.Add(new HealthServer(null, 4));
        light.Add(new SarConfigurationServer());
        Lightness = LightnessElement.Compose(light, null);
        _composition.AddElement(0).Add(new GenericOnOffClient(null));
        Node = new Node(
            advertisingBearer ?? new FakeAdvertisingBearer(),
            gattBearer ?? new FakeGattBearer(),
            random ?? new CountingRandom(),
            _composition,
            profile ?? StackProfile.Small());
        Store = new NodeStore(Node, flash, version);
        Now = now;
    }

    public Node Node { get; }

    public NodeStore Store { get; }

    public LightLightnessServer Lightness { get; }

    public long Now { get; private set; }

    public JournalVerdict Open()
    {
        return Store.Open(Now);
    }

    /// <summary>Lets time pass, with the ticks that the node asks for.</summary>
    public void Run(long milliseconds)
    {
        long end = Now + milliseconds;

        while (Now < end)
        {
            Now = Math.Min(end, Math.Max(Node.Tick(Now), Now + 1));
        }

        Node.Tick(Now);
    }

    /// <summary>All models.</summary>
    public IEnumerable<Model> Models()
    {
        for (int i = 0; i < _composition.Count; i++)
        {
            for (int j = 0; j < _composition[i].Count; j++)
            {
                yield return _composition[i][j];
            }
        }
    }

    /// <summary>Everything that is configured, as text.</summary>
    public string Configuration()
    {
        if (!Node.IsProvisioned)
        {
            return "unprovisioned";
        }

        List<string> parts = [$"{Node.Stack.Network.PrimaryAddress:x4}"];
        byte[] key = new byte[16];
        Node.UpperTransport.DeviceKey.CopyTo(key, 0);
        parts.Add(Convert.ToHexStringLower(key));

        foreach (Subnet subnet in Enumerable.Range(0, Node.Stack.Subnets.Capacity).Select(i => Node.Stack.Subnets[i]).Where(s => s != null).OrderBy(s => s.NetKeyIndex))
        {
            subnet.Key.CopyTo(key, 0);
            parts.Add($"net {subnet.NetKeyIndex} {subnet.Phase} {Convert.ToHexStringLower(key)}");
            parts.Add(subnet.NewKey is null ? "" : Text(subnet.NewKey));
        }

        for (int i = 0; i < Node.AppKeys.Capacity; i++)
        {
            if (Node.AppKeys.IsUsed(i))
            {
                Node.AppKeys.Key(i).CopyTo(key, 0);
                parts.Add($"app {i} {Node.AppKeys.AppKeyIndex(i)} {Node.AppKeys.NetKeyIndex(i)} {Convert.ToHexStringLower(key)} {(Node.AppKeys.NewKey(i) is null ? "" : "new")}");
            }
        }

        NetworkLayer network = Node.Stack.Network;
        parts.Add($"settings {network.RelayEnabled} {network.RelayRetransmit} {network.NetworkTransmit} {network.ProxyEnabled} {Node.Stack.Beacons.Enabled} {Node.Access.DefaultTtl}");
        Heartbeat heartbeat = Node.Heartbeat;
        parts.Add($"heartbeat {heartbeat.Destination} {heartbeat.PeriodLog} {heartbeat.Ttl} {heartbeat.Features} {heartbeat.NetKeyIndex}");

        foreach (Model model in Models())
        {
            Publication publication = model.Publication is { Address: not 0 } ? model.Publication : new Publication();
            parts.Add($"{model.Bindings} {publication.Address} {publication.AppKeyIndex} {publication.Ttl} {publication.Period} {publication.Retransmit} {(publication.Label == LabelTable.None ? "" : Label(publication.Label))}");

            for (int i = 0; i < Node.Subscriptions.CountOf(model); i++)
            {
                int label = Node.Subscriptions.LabelOf(model, i);
                parts.Add($"{Node.Subscriptions.AddressOf(model, i):x4} {(label == LabelTable.None ? "" : Label(label))}");
            }
        }

        return string.Join('\n', parts);
    }

    /// <summary>What the models keep of their own, as text; without the lightness itself, which power-up may have changed.</summary>
    public string KeptStates()
    {
        byte[] buffer = new byte[16];
        string text = "";

        foreach (Model model in Models().Where(model => Node.IsProvisioned && model is IKeptState))
        {
            int count = ((IKeptState)model).EncodeKept(buffer, 0);
            int start = model is LightLightnessServer ? 2 : 0;
            text += $" {Convert.ToHexStringLower(buffer, start, count - start)}";
        }

        return text;
    }

    private static string Text(NetworkKey key)
    {
        byte[] octets = new byte[16];
        key.CopyTo(octets, 0);

        return Convert.ToHexStringLower(octets);
    }

    private string Label(int place)
    {
        byte[] label = new byte[16];
        Node.Labels.CopyTo(place, label, 0);

        return Convert.ToHexStringLower(label);
    }
}
