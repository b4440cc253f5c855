using System;
using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Reads an access message: never throws, and tells at the end whether the octets were as many as the fields.</summary>
internal ref struct MessageReader
{
    private readonly ReadOnlySpan<byte> _payload;
    private int _position;
    private bool _failed;

    public MessageReader(ReadOnlySpan<byte> payload, int opcode)
    {
        _payload = payload;
        _position = payload.IsEmpty || payload[0] == Access.Opcode.Reserved ? 0 : payload[0] < 0x80 ? 1 : payload[0] < 0xC0 ? 2 : 3;
        _failed = _position == 0 || _position > payload.Length || OpcodeOf(payload) != opcode;
    }

    /// <summary>Whether the message has the opcode, all fields and nothing else.</summary>
    public readonly bool IsComplete => !_failed && _position == _payload.Length;

    /// <summary>Octets that are left.</summary>
    public readonly int Left => _failed ? 0 : _payload.Length - _position;

    /// <summary>The opcode that a payload begins with, or -1.</summary>
    public static int OpcodeOf(ReadOnlySpan<byte> payload)
    {
        byte[] head = payload[..Math.Min(3, payload.Length)].ToArray();
        int size = Access.Opcode.Size(head, 0, head.Length);

        return size == 0 ? -1 : Access.Opcode.Decode(head, 0, size);
    }

    /// <summary>Reads the parameters of a message, whatever its opcode.</summary>
    public static MessageReader Of(ReadOnlySpan<byte> payload)
    {
        return new MessageReader(payload, OpcodeOf(payload));
    }

    public int Octet()
    {
        return Take(1) is var at && at < 0 ? 0 : _payload[at];
    }

    public int UInt16()
    {
        return Take(2) is var at && at < 0 ? 0 : _payload[at] | (_payload[at + 1] << 8);
    }

    public int Int16()
    {
        return (short)UInt16();
    }

    public int UInt24()
    {
        return Take(3) is var at && at < 0 ? 0 : _payload[at] | (_payload[at + 1] << 8) | (_payload[at + 2] << 16);
    }

    /// <summary>A key index; the 4 bits beside it are reserved and ignored.</summary>
    public int KeyIndex()
    {
        return UInt16() & AccessKey.MaxIndex;
    }

    public ConfigurationStatus Status()
    {
        return (ConfigurationStatus)Octet();
    }

    public byte[] Rest()
    {
        int left = Left;

        return _payload.Slice(Take(left), left).ToArray();
    }

    public IReadOnlyList<int> KeyIndexList()
    {
        if (KeyIndexes.Decode(Rest()) is { } indexes)
        {
            return indexes;
        }

        _failed = true;

        return [];
    }

    public IReadOnlyList<int> Addresses()
    {
        List<int> addresses = [];

        while (Left > 0)
        {
            addresses.Add(UInt16());
        }

        return addresses;
    }

    /// <summary>A model identifier that ends the message: 2 octets, or 4 of a vendor.</summary>
    public ModelId LastModel()
    {
        return Left == 4 ? VendorModel() : ModelId.Sig(UInt16());
    }

    /// <summary>The model identifier that the last octets are; what is before them is passed over.</summary>
    public ModelId ModelAtEnd(bool isSig)
    {
        Take(Math.Max(0, Left - (isSig ? 2 : 4)));

        return isSig ? ModelId.Sig(UInt16()) : VendorModel();
    }

    public ModelId VendorModel()
    {
        int company = UInt16();

        return ModelId.Vendor(company, UInt16());
    }

    private int Take(int count)
    {
        if (_failed || _payload.Length - _position < count)
        {
            _failed = true;

            return count == 0 ? 0 : -1;
        }

        _position += count;

        return _position - count;
    }
}
