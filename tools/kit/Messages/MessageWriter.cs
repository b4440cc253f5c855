using System;
using System.Collections.Generic;
using MeshNode.Access;

namespace MeshNode.Kit.Messages;

/// <summary>Writes an access message: the opcode, then its fields in wire order. See Mesh Protocol 1.1, section 3.1.1.2.</summary>
/// <remarks>A value out of range is a programmer's error and throws.</remarks>
internal sealed class MessageWriter
{
    private readonly byte[] _buffer = new byte[AccessLayer.MaxPayload];
    private int _count;

    public MessageWriter(int opcode)
    {
        _count = Opcode.Encode(opcode, _buffer);
    }

    public MessageWriter Octet(int value, int largest = byte.MaxValue)
    {
        _buffer[_count++] = (byte)Check(value, 0, largest);

        return this;
    }

    public MessageWriter UInt16(int value, int largest = ushort.MaxValue)
    {
        LittleEndian.WriteUInt16(_buffer, _count, Check(value, 0, largest));
        _count += 2;

        return this;
    }

    public MessageWriter Int16(int value)
    {
        LittleEndian.WriteUInt16(_buffer, _count, Check(value, short.MinValue, short.MaxValue));
        _count += 2;

        return this;
    }

    public MessageWriter UInt24(int value)
    {
        LittleEndian.WriteUInt24(_buffer, _count, Check(value, 0, 0xFFFFFF));
        _count += 3;

        return this;
    }

    public MessageWriter Int32(int value)
    {
        LittleEndian.WriteUInt16(_buffer, _count, value);
        LittleEndian.WriteUInt16(_buffer, _count + 2, value >> 16);
        _count += 4;

        return this;
    }

    public MessageWriter Octets(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_buffer.AsSpan(_count));
        _count += octets.Length;

        return this;
    }

    /// <summary>Octets of which there must be 16: a key or a Label UUID.</summary>
    public MessageWriter Key(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyIndexes.KeySize)
        {
            throw new ArgumentException("16 octets are needed");
        }

        return Octets(key);
    }

    public MessageWriter KeyIndex(int index)
    {
        return UInt16(index, AccessKey.MaxIndex);
    }

    public MessageWriter KeyIndexList(IReadOnlyList<int> indexes)
    {
        return Octets(KeyIndexes.Encode(indexes));
    }

    /// <summary>3 bits of count and 5 of steps: Network Transmit, Relay Retransmit, Publish Retransmit.</summary>
    public MessageWriter Transmit(int count, int steps)
    {
        return Octet(TransmitParameters.Encode(count, steps));
    }

    public MessageWriter Model(ModelId model)
    {
        if (!model.IsSig)
        {
            UInt16(model.Company);
        }

        return UInt16(model.Id);
    }

    public MessageWriter Transition(int transactionId, Transition? transition)
    {
        Octet(transactionId);

        return transition is { } t ? Octet(t.Time).Octet(t.Delay) : this;
    }

    /// <summary>The message. What was written is zeroed here, because it may be a key.</summary>
    public byte[] ToArray()
    {
        byte[] message = _buffer[.._count];
        Array.Clear(_buffer);

        return message;
    }

    private static int Check(int value, int least, int largest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, largest);

        return value;
    }
}
