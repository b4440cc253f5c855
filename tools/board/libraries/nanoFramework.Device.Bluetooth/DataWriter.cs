using System;
using System.Text;

namespace nanoFramework.Device.Bluetooth;

/// <summary>A buffer that is filled value by value, little endian.</summary>
public class DataWriter : Buffer
{
    private const int InitialCapacity = 32;

    public DataWriter()
        : base(InitialCapacity)
    {
    }

    public Buffer DetachBuffer()
    {
        return new Buffer(Data.AsSpan(0, (int)Length).ToArray());
    }

    public uint MeasureString(string value)
    {
        return (uint)Encoding.UTF8.GetByteCount(value);
    }

    public uint WriteString(string value)
    {
        byte[] octets = Encoding.UTF8.GetBytes(value);
        WriteBytes(octets);

        return (uint)octets.Length;
    }

    public void WriteBoolean(bool value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteBuffer(Buffer buffer)
    {
        WriteBuffer(buffer, 0, buffer.Length);
    }

    public void WriteBuffer(Buffer buffer, uint start, uint count)
    {
        WriteBytes(buffer.Data.AsSpan((int)start, (int)count).ToArray());
    }

    public void WriteByte(byte value)
    {
        WriteBytes([value]);
    }

    public void WriteBytes(byte[] value)
    {
        EnsureCapacity((uint)(Length + value.Length));
        Array.Copy(value, 0, Data, (int)Length, value.Length);
        Length += (uint)value.Length;
    }

    public void WriteDateTime(DateTime value)
    {
        WriteInt64(value.Ticks);
    }

    public void WriteDouble(double value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteGuid(Guid value)
    {
        WriteBytes(value.ToByteArray());
    }

    public void WriteInt16(short value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteInt32(int value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteInt64(long value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteSingle(float value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteTimeSpan(TimeSpan value)
    {
        WriteInt64(value.Ticks);
    }

    public void WriteUInt16(ushort value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteUInt32(uint value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteUInt64(ulong value)
    {
        WriteBytes(BitConverter.GetBytes(value));
    }

    public void WriteUuid(Guid value)
    {
        WriteBytes(UuidOrder.ToAir(value));
    }

    public void WriteUuid2(Guid value)
    {
        WriteBytes(UuidOrder.TurnFields(value.ToByteArray()));
    }
}
