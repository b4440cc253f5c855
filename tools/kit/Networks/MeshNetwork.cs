using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Crypto;
using MeshNode.Kit.Provisioning;
using MeshNode.Network;

namespace MeshNode.Kit.Networks;

/// <summary>A mesh network as its owner knows it: keys, IV Index, nodes and addresses. In memory only.</summary>
/// <remarks>Keys leave it towards nodes only: no text shows them.</remarks>
public sealed class MeshNetwork
{
    private const int KeySize = 16;

    private readonly IRandomSource _random;
    private readonly List<NetKeyEntry> _netKeys = [];
    private readonly List<AppKeyEntry> _appKeys = [];
    private readonly List<KnownNode> _nodes = [];
    private int _nextAddress;

    /// <param name="random">A generator fit for keys.</param>
    /// <param name="firstAddress">The first unicast address that it gives away.</param>
    public MeshNetwork(IRandomSource random, int firstAddress = 1)
    {
        _random = random;
        _nextAddress = firstAddress;
        AddNetKey(Subnet.PrimaryNetKeyIndex);
    }

    /// <summary>The network keys, the primary one first.</summary>
    public IReadOnlyList<NetKeyEntry> NetKeys => _netKeys;

    /// <summary>The application keys.</summary>
    public IReadOnlyList<AppKeyEntry> AppKeys => _appKeys;

    /// <summary>The nodes.</summary>
    public IReadOnlyList<KnownNode> Nodes => _nodes;

    /// <summary>The IV Index.</summary>
    public uint IvIndex { get; set; }

    /// <summary>Whether an IV Update is in progress.</summary>
    public bool IvUpdate { get; set; }

    /// <summary>Makes a network key.</summary>
    public NetKeyEntry AddNetKey(int index)
    {
        NetKeyEntry entry = new(index, NewKey());
        _netKeys.Add(entry);

        return entry;
    }

    /// <summary>Makes an application key.</summary>
    public AppKeyEntry AddAppKey(int index, int netKeyIndex)
    {
        AppKeyEntry entry = new(index, netKeyIndex, NewKey());
        _appKeys.Add(entry);

        return entry;
    }

    /// <summary>Takes addresses that follow each other out of those that nobody has had. They are never given away again.</summary>
    /// <returns>The first, or <see langword="null"/> when there are not as many.</returns>
    public int? AllocateAddress(int elements)
    {
        if (elements < 1 || !Address.IsUnicast(_nextAddress + elements - 1))
        {
            return null;
        }

        int address = _nextAddress;
        _nextAddress += elements;

        return address;
    }

    /// <summary>What a device with so many elements is given to become a node of the primary subnet.</summary>
    public NodeAssignment? Assign(int elements)
    {
        NetKeyEntry primary = _netKeys[0];

        return AllocateAddress(elements) is { } address
            ? new NodeAssignment(
                primary.TransmitKey, primary.Index, primary.Phase == KeyRefreshPhase.Second, IvUpdate, IvIndex, address)
            : null;
    }

    /// <summary>A node has joined.</summary>
    /// <param name="deviceKey">16 octets. Copied.</param>
    public KnownNode AddNode(int address, int elements, byte[] deviceKey)
    {
        KnownNode node = new(address, elements, [.. deviceKey]);
        node.NetKeys.Add(Subnet.PrimaryNetKeyIndex);
        _nodes.Add(node);

        return node;
    }

    /// <summary>A node has left: its device key is zeroed.</summary>
    public void RemoveNode(KnownNode node)
    {
        _nodes.Remove(node);
        Array.Clear(node.DeviceKey);
    }

    /// <summary>The node that an element belongs to, or <see langword="null"/>.</summary>
    public KnownNode? FindNode(int address)
    {
        return _nodes.Find(node => address >= node.Address && address < node.Address + node.Elements);
    }

    internal void StartKeyRefresh(NetKeyEntry entry)
    {
        entry.NewKey = NewKey();
        entry.Phase = KeyRefreshPhase.First;

        foreach (AppKeyEntry appKey in _appKeys.Where(key => key.NetKeyIndex == entry.Index))
        {
            appKey.NewKey = NewKey();
        }
    }

    internal void EndKeyRefresh(NetKeyEntry entry)
    {
        Array.Clear(entry.Key);
        entry.Key = entry.NewKey!;
        entry.NewKey = null;
        entry.Phase = KeyRefreshPhase.Normal;

        foreach (AppKeyEntry appKey in _appKeys.Where(key => key.NetKeyIndex == entry.Index && key.NewKey != null))
        {
            Array.Clear(appKey.Key);
            appKey.Key = appKey.NewKey!;
            appKey.NewKey = null;
        }
    }

    private byte[] NewKey()
    {
        byte[] key = new byte[KeySize];
        _random.Fill(key, 0, KeySize);

        return key;
    }
}
