using System;
using System.Buffers.Binary;
using System.IO;

namespace MeshNode.Kit.Monitor;

/// <summary>Writes frames to a pcapng file, which Wireshark opens: link type 256, BLUETOOTH_LE_LL_WITH_PHDR.</summary>
public sealed class CaptureWriter : IDisposable
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrder = 0x1A2B3C4D;
    private const int BlockOverhead = 12;
    private const int SectionSize = 16;
    private const int InterfaceSize = 8;
    private const int PacketHeaderSize = 20;

    private readonly Stream _stream;

    /// <param name="stream">Closed with the writer.</param>
    public CaptureWriter(Stream stream)
    {
        _stream = stream;
        byte[] section = new byte[SectionSize];
        BinaryPrimitives.WriteUInt32LittleEndian(section, ByteOrder);
        BinaryPrimitives.WriteUInt16LittleEndian(section.AsSpan(4), 1);
        BinaryPrimitives.WriteInt64LittleEndian(section.AsSpan(8), -1);
        Write(SectionHeader, section);
        byte[] description = new byte[InterfaceSize];
        BinaryPrimitives.WriteUInt16LittleEndian(description, LinkLayer.LinkTypeWithHeader);
        Write(InterfaceDescription, description);
    }

    /// <summary>Writes a frame.</summary>
    public void Write(CapturedFrame frame)
    {
        foreach (byte[] packet in LinkLayer.Encode(frame))
        {
            byte[] body = new byte[PacketHeaderSize + Padded(packet.Length)];
            BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), (uint)(frame.Time >> 32));
            BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(8), (uint)frame.Time);
            BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(12), packet.Length);
            BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(16), packet.Length);
            packet.CopyTo(body, PacketHeaderSize);
            Write(EnhancedPacket, body);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
    }

    private static int Padded(int length)
    {
        return (length + 3) & ~3;
    }

    // A block is written at once, so that a reader of a growing file sees whole ones.
    private void Write(uint type, byte[] body)
    {
        byte[] block = new byte[BlockOverhead + body.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length);
        body.CopyTo(block, 8);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(block.Length - 4), block.Length);
        _stream.Write(block);
        _stream.Flush();
    }
}
