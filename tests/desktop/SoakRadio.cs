using System;
using MeshNode.Bearers;

namespace MeshNode;

/// <summary>
/// Nodes that all hear each other, but for what is lost: each payload has the same chance at each receiver, which hears all of its
/// transmissions or none. Payloads stay in a ring, so that old ones can be sent again. Allocates in its constructor only.
/// </summary>
internal sealed class SoakRadio
{
    private const int Slots = 4096;
    private const int SlotSize = AdvertisingData.MaxLength;

    private readonly SoakRandom _random;
    private readonly int _lossPercent;
    private readonly byte[] _payloads = new byte[Slots * SlotSize];
    private readonly byte[] _payload = new byte[SlotSize];
    private readonly int[] _types = new int[Slots];
    private readonly int[] _lengths = new int[Slots];
    private readonly int[] _transmissions = new int[Slots];
    private readonly int[] _tags = new int[Slots];
    private readonly int[] _senders = new int[Slots];
    private int _delivered;

    public SoakRadio(SoakRandom random, int lossPercent)
    {
        _random = random;
        _lossPercent = lossPercent;
    }

    /// <summary>Payloads that were sent.</summary>
    public int Count { get; private set; }

    /// <summary>A node that neither hears nor is heard; -1 when there is none.</summary>
    public int Away { get; set; } = -1;

    /// <summary>Sends a payload, which is copied.</summary>
    public void Put(int sender, int type, byte[] payload, int offset, int count, int transmissions, int tag)
    {
        int slot = Count++ % Slots;
        Array.Copy(payload, offset, _payloads, slot * SlotSize, count);
        _types[slot] = type;
        _lengths[slot] = count;
        _transmissions[slot] = transmissions;
        _tags[slot] = tag;
        _senders[slot] = sender;
    }

    /// <summary>Gives everything that was sent before the call to whoever hears it.</summary>
    public void Deliver(SoakNode[] nodes, long now)
    {
        for (int end = Count; _delivered < end; _delivered++)
        {
            int slot = _delivered % Slots;
            int sender = _senders[slot];

            for (int i = 0; i < nodes.Length; i++)
            {
                if (i != sender && i != Away && sender != Away && _random.Next(100) >= _lossPercent)
                {
                    for (int j = 0; j < _transmissions[slot]; j++)
                    {
                        Give(nodes[i], slot, now);
                    }
                }
            }

            nodes[sender].Bearer.TransmitCredit++;
            nodes[sender].Node.Stack.OnSent(_tags[slot], now);
            nodes[sender].WakeAt = now;
        }
    }

    /// <summary>Gives one of the last payloads to a node once more.</summary>
    public void Replay(SoakNode node, int age, long now)
    {
        if (age < _delivered)
        {
            Give(node, (_delivered - 1 - age) % Slots, now);
        }
    }

    /// <summary>Gives one of the last payloads to a node with some of it changed, cut, or all of it random.</summary>
    public void Garble(SoakNode node, int age, long now)
    {
        if (age >= _delivered)
        {
            return;
        }

        int slot = (_delivered - 1 - age) % Slots;
        int count = _lengths[slot];
        Array.Copy(_payloads, slot * SlotSize, _payload, 0, count);

        switch (_random.Next(3))
        {
            case 0:
                _payload[1 + _random.Next(count - 1)] ^= (byte)(1 << _random.Next(8));
                break;

            case 1:
                count = _random.Next(count);
                break;

            default:
                count = _random.Next(SlotSize);
                _random.Fill(_payload, 0, count);
                break;
        }

        node.Node.Stack.OnReceived(_types[slot], _payload, 0, count, now);
        node.WakeAt = now;
    }

    private void Give(SoakNode node, int slot, long now)
    {
        node.Node.Stack.OnReceived(_types[slot], _payloads, slot * SlotSize, _lengths[slot], now);
        node.WakeAt = now;
    }
}
