using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Crypto;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Provisioning;
using MeshNode.Network;

namespace MeshNode.Kit.Networks;

/// <summary>A mesh network as its owner knows it: keys, IV Index, nodes and addresses.</summary>
/// <remarks>Keys leave it towards nodes only: no text shows them.</remarks>
public sealed class MeshNetwork
{
    private const int KeySize = 16;
    private const uint ExclusionSteps = 2;

    private readonly IRandomSource _random;
    private readonly List<NetKeyEntry> _netKeys = [];
    private readonly List<AppKeyEntry> _appKeys = [];
    private readonly List<KnownNode> _nodes = [];
    private readonly List<ProvisionerEntry> _provisioners = [];
    private readonly List<GroupEntry> _groups = [];
    private readonly SortedDictionary<uint, SortedSet<int>> _exclusions = [];
    private int _nextAddress;

    /// <param name="random">A generator fit for keys.</param>
    /// <param name="firstAddress">The first unicast address that it gives away.</param>
    public MeshNetwork(IRandomSource random, int firstAddress = 1)
    {
        _random = random;
        _nextAddress = firstAddress;
        AddNetKey(Subnet.PrimaryNetKeyIndex);
        IsIvIndexKnown = true;
    }

    private MeshNetwork(IRandomSource random)
    {
        _random = random;
        _nextAddress = 1;
    }

    /// <summary>Its UUID.</summary>
    public Guid Uuid { get; internal set; } = Guid.NewGuid();

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it was imported from a part of a database.</summary>
    public bool IsPartial { get; internal set; }

    /// <summary>Which of <see cref="Provisioners"/> this side is, or an empty one.</summary>
    public Guid ProvisionerUuid { get; set; }

    /// <summary>The provisioners of the network.</summary>
    public IReadOnlyList<ProvisionerEntry> Provisioners => _provisioners;

    /// <summary>The groups.</summary>
    public IReadOnlyList<GroupEntry> Groups => _groups;

    /// <summary>Addresses of nodes that have left or were excluded, by the IV Index at that time: they are not given away before it has moved on by two.</summary>
    public IReadOnlyDictionary<uint, SortedSet<int>> Exclusions => _exclusions;

    /// <summary>Whether the IV Index is known. A Mesh Configuration Database does not tell: the next authentic beacon does.</summary>
    public bool IsIvIndexKnown { get; set; }

    /// <summary>What gives addresses, or <see langword="null"/>: then they are counted in memory.</summary>
    public Func<int, int?>? Allocator { get; set; }

    /// <summary>Members of the Mesh Configuration Database that are kept as they are.</summary>
    internal JsonObject Document { get; set; } = [];

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

    /// <summary>A network without keys, for a database that is read.</summary>
    internal static MeshNetwork Empty(IRandomSource random)
    {
        return new MeshNetwork(random);
    }

    /// <summary>Makes a network key.</summary>
    public NetKeyEntry AddNetKey(int index)
    {
        return AddNetKey(index, NewKey());
    }

    /// <summary>Makes an application key.</summary>
    public AppKeyEntry AddAppKey(int index, int netKeyIndex)
    {
        return AddAppKey(index, netKeyIndex, NewKey());
    }

    /// <summary>Adds a provisioner.</summary>
    public ProvisionerEntry AddProvisioner(Guid uuid, string name)
    {
        ProvisionerEntry entry = new(uuid, name);
        _provisioners.Add(entry);

        return entry;
    }

    /// <summary>Adds a group.</summary>
    /// <param name="label">The Label UUID of a virtual address, or <see langword="null"/>.</param>
    public GroupEntry AddGroup(string name, int address, byte[]? label = null)
    {
        GroupEntry entry = new(name, address, label);
        _groups.Add(entry);

        return entry;
    }

    /// <summary>An address is not to be given away before the IV Index has moved on by two.</summary>
    public void Exclude(uint ivIndex, int address)
    {
        if (!_exclusions.TryGetValue(ivIndex, out SortedSet<int>? addresses))
        {
            _exclusions[ivIndex] = addresses = [];
        }

        addresses.Add(address);
    }

    /// <summary>Whether no node, provisioner's node or exclusion has an address, as far as this database tells.</summary>
    public bool IsFree(int address)
    {
        return Address.IsUnicast(address)
            && FindNode(address) == null
            && !_exclusions.Any(entry => (long)entry.Key + ExclusionSteps > IvIndex && entry.Value.Contains(address));
    }

    /// <summary>
    /// A range of unicast addresses that no provisioner and no node has, somewhere by chance: two machines that do so at the same time seldom meet. When there is none of
    /// that size, the longest that is left.
    /// </summary>
    /// <param name="size">Number of addresses.</param>
    /// <param name="except">Ranges that are not to be used either.</param>
    public AddressRange? FindFreeRange(int size, IEnumerable<AddressRange> except)
    {
        return FindRange(size, [.. _provisioners.SelectMany(static p => p.UnicastRanges), .. except]);
    }

    /// <summary>A range of unicast addresses that no node has, though provisioners may give it away. For <see cref="FindFreeRange"/> there is none.</summary>
    /// <param name="size">Number of addresses.</param>
    /// <param name="except">Ranges that are not to be used either.</param>
    public AddressRange? FindRangeWithoutNodes(int size, IEnumerable<AddressRange> except)
    {
        return FindRange(size, [.. except]);
    }

    /// <summary>Takes addresses that follow each other out of those that nobody has had. They are never given away again.</summary>
    /// <returns>The first, or <see langword="null"/> when there are not as many.</returns>
    public int? AllocateAddress(int elements)
    {
        if (Allocator != null)
        {
            return Allocator(elements);
        }

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
        node.NetKeys.Add(_netKeys[0].Index);

        if (_netKeys[0].Phase == KeyRefreshPhase.Second)
        {
            node.UpdatedNetKeys.Add(_netKeys[0].Index);
        }

        _nodes.Add(node);

        return node;
    }

    internal NetKeyEntry AddNetKey(int index, byte[] key)
    {
        NetKeyEntry entry = new(index, key);
        _netKeys.Add(entry);

        return entry;
    }

    internal AppKeyEntry AddAppKey(int index, int netKeyIndex, byte[] key)
    {
        AppKeyEntry entry = new(index, netKeyIndex, key);
        _appKeys.Add(entry);

        return entry;
    }

    internal KnownNode RestoreNode(KnownNode node)
    {
        _nodes.Add(node);

        return node;
    }

    /// <summary>A node has left: its device key is zeroed, and its addresses are excluded.</summary>
    public void RemoveNode(KnownNode node)
    {
        for (int i = 0; i < node.Elements; i++)
        {
            Exclude(IvIndex, node.Address + i);
        }

        _nodes.Remove(node);
        _netKeys.ForEach(key => key.Pending.Remove(node.Address));
        Array.Clear(node.DeviceKey);
    }

    /// <summary>The node that an element belongs to, or <see langword="null"/>.</summary>
    public KnownNode? FindNode(int address)
    {
        return _nodes.Find(node => address >= node.Address && address < node.Address + node.Elements);
    }

    /// <summary>The key that a node is given now: in Phase 2 of a key refresh the new one.</summary>
    internal byte[] TransmitKey(AppKeyEntry entry)
    {
        return entry.NewKey != null && _netKeys.Exists(key => key.Index == entry.NetKeyIndex && key.Phase == KeyRefreshPhase.Second) ? entry.NewKey : entry.Key;
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
        // Beacons may have ended it before.
        if (entry.NewKey == null)
        {
            return;
        }

        Array.Clear(entry.Key);
        entry.Key = entry.NewKey;
        entry.NewKey = null;
        entry.Phase = KeyRefreshPhase.Normal;
        _nodes.ForEach(node => node.UpdatedNetKeys.Remove(entry.Index));

        foreach (AppKeyEntry appKey in _appKeys.Where(key => key.NetKeyIndex == entry.Index && key.NewKey != null))
        {
            Array.Clear(appKey.Key);
            appKey.Key = appKey.NewKey!;
            appKey.NewKey = null;
            _nodes.ForEach(node => node.UpdatedAppKeys.Remove(appKey.Index));
        }
    }

    /// <summary>Whether a node that was excluded may have the newest key: then that has to be replaced once more.</summary>
    internal bool IsLeaked(NetKeyEntry entry)
    {
        return _nodes.Exists(node => node.Excluded && entry.Pending.Contains(node.Address));
    }

    // An excluded node is outside now, unless it may have the newest key: it knows no key of the subnet any more, and nobody else gets its addresses for a while.
    internal void RetireExcluded(int netKeyIndex)
    {
        NetKeyEntry entry = _netKeys.First(key => key.Index == netKeyIndex);

        foreach (KnownNode node in _nodes.Where(node => node.Excluded && !entry.Pending.Contains(node.Address)))
        {
            node.NetKeys.Remove(netKeyIndex);

            foreach (AppKeyEntry appKey in _appKeys.Where(key => key.NetKeyIndex == netKeyIndex))
            {
                node.AppKeys.Remove(appKey.Index);
            }

            for (int i = 0; i < node.Elements; i++)
            {
                Exclude(IvIndex, node.Address + i);
            }
        }
    }

    private AddressRange? FindRange(int size, List<AddressRange> used)
    {
        used.AddRange(_nodes.Select(static node => new AddressRange(node.Address, node.Address + node.Elements - 1)));
        used.AddRange(_exclusions.Values.SelectMany(static set => set).Select(static address => new AddressRange(address, address)));
        List<AddressRange> free = [];

        for (int first = size; first + size - 1 <= Address.FirstVirtual - 1; first += size)
        {
            AddressRange range = new(first, first + size - 1);

            if (!used.Any(range.Overlaps))
            {
                free.Add(range);
            }
        }

        if (free.Count == 0)
        {
            return FindLongestGap(size, used);
        }

        byte[] chance = new byte[sizeof(uint)];
        _random.Fill(chance, 0, chance.Length);

        return free[(int)(BigEndian.ReadUInt32(chance, 0) % (uint)free.Count)];
    }

    private static AddressRange? FindLongestGap(int size, List<AddressRange> used)
    {
        AddressRange? longest = null;
        int begin = 1;

        foreach (AddressRange range in used.OrderBy(static range => range.First).Append(new AddressRange(Address.FirstVirtual, Address.FirstVirtual)))
        {
            int count = Math.Min(range.First - begin, size);

            if (count > 0 && (longest is not { } best || count > best.Last - best.First + 1))
            {
                longest = new AddressRange(begin, begin + count - 1);
            }

            begin = Math.Max(begin, range.Last + 1);
        }

        return longest;
    }

    private byte[] NewKey()
    {
        byte[] key = new byte[KeySize];
        _random.Fill(key, 0, KeySize);

        return key;
    }
}
