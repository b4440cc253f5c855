using System;
using System.Text;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Takes values out of a buffer, one after the other, little endian.</summary>
public class DataReader
{
    private const int UuidSize = 16;

    private readonly Buffer _buffer;
    private int _position;

    private DataReader(Buffer buffer)
    {
        _buffer = buffer;
    }

    public uint UnconsumedBufferLength => _buffer.Length - (uint)_position;

    public static DataReader FromBuffer(Buffer buffer)
    {
        return new DataReader(buffer);
    }

    public bool ReadBoolean()
    {
        return ReadByte() != 0;
    }

    public Buffer ReadBuffer(uint length)
    {
        byte[] octets = new byte[length];
        ReadBytes(octets);

        return new Buffer(octets);
    }

    public byte ReadByte()
    {
        return _buffer.Data[Advance(1)];
    }

    public void ReadBytes(byte[] value)
    {
        Array.Copy(_buffer.Data, Advance(value.Length), value, 0, value.Length);
    }

    public DateTime ReadDateTime()
    {
        return new DateTime(ReadInt64());
    }

    public double ReadDouble()
    {
        return BitConverter.ToDouble(_buffer.Data, Advance(sizeof(double)));
    }

    public Guid ReadGuid()
    {
        byte[] octets = new byte[UuidSize];
        ReadBytes(octets);

        return new Guid(octets);
    }

    public short ReadInt16()
    {
        return BitConverter.ToInt16(_buffer.Data, Advance(sizeof(short)));
    }

    public int ReadInt32()
    {
        return BitConverter.ToInt32(_buffer.Data, Advance(sizeof(int)));
    }

    public long ReadInt64()
    {
        return BitConverter.ToInt64(_buffer.Data, Advance(sizeof(long)));
    }

    public float ReadSingle()
    {
        return BitConverter.ToSingle(_buffer.Data, Advance(sizeof(float)));
    }

    public string ReadString(uint codeUnitCount)
    {
        return Encoding.UTF8.GetString(_buffer.Data, Advance((int)codeUnitCount), (int)codeUnitCount);
    }

    public TimeSpan ReadTimeSpan()
    {
        return new TimeSpan(ReadInt64());
    }

    public ushort ReadUInt16()
    {
        return BitConverter.ToUInt16(_buffer.Data, Advance(sizeof(ushort)));
    }

    public uint ReadUInt32()
    {
        return BitConverter.ToUInt32(_buffer.Data, Advance(sizeof(uint)));
    }

    public ulong ReadUInt64()
    {
        return BitConverter.ToUInt64(_buffer.Data, Advance(sizeof(ulong)));
    }

    public Guid ReadUuid()
    {
        byte[] octets = new byte[UuidSize];
        ReadBytes(octets);

        return UuidOrder.FromAir(octets);
    }

    public Guid ReadUuid2()
    {
        byte[] octets = new byte[UuidSize];
        ReadBytes(octets);

        return new Guid(UuidOrder.TurnFields(octets));
    }

    private int Advance(int count)
    {
        int position = _position;

        if (position + count > _buffer.Length)
        {
            throw new ArgumentOutOfRangeException();
        }

        _position += count;

        return position;
    }
}
