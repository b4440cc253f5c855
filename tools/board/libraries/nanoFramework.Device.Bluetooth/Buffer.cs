using System;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Octets, of which the first so many count.</summary>
public class Buffer
{
    protected uint _length;
    private byte[] _buffer;

    public Buffer(uint capacity)
    {
        _buffer = new byte[capacity];
    }

    public Buffer(byte[] array)
    {
        _buffer = array;
        _length = (uint)array.Length;
    }

    public uint Capacity => (uint)_buffer.Length;

    public uint Length
    {
        get => _length;
        set => _length = value <= Capacity ? value : throw new ArgumentException();
    }

    internal byte[] Data => _buffer;

    public void EnsureCapacity(uint newCapacity)
    {
        if (newCapacity > Capacity)
        {
            Array.Resize(ref _buffer, (int)newCapacity);
        }
    }
}
