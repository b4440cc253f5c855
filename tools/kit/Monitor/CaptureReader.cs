using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace MeshNode.Kit.Monitor;

/// <summary>Reads frames from a pcapng file of link type 256 or 251. What cannot be read is passed over.</summary>
public static class CaptureReader
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrder = 0x1A2B3C4D;
    private const int MinBlock = 12;
    private const int MaxBlock = 1 << 20;
    private const int PacketHeaderSize = 20;
    private const int ResolutionOption = 9;
    private const long MicrosecondsInSecond = 1000000;

    /// <summary>Reads all frames.</summary>
    /// <exception cref="InvalidDataException">It is no pcapng file in the byte order of this machine's kind.</exception>
    public static IEnumerable<CapturedFrame> Read(Stream stream)
    {
        List<(int LinkType, double Unit)> interfaces = [];
        LinkLayer linkLayer = new();
        byte[] head = new byte[8];
        bool begun = false;

        while (stream.ReadAtLeast(head, head.Length, false) == head.Length)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(head);
            int length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4));

            if (length is < MinBlock or > MaxBlock || (!begun && type != SectionHeader))
            {
                throw new InvalidDataException("The file is no pcapng capture.");
            }

            byte[] body = new byte[length - head.Length];

            if (stream.ReadAtLeast(body, body.Length, false) != body.Length)
            {
                yield break;
            }

            if (type == SectionHeader)
            {
                if (body.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(body) != ByteOrder)
                {
                    throw new InvalidDataException("The capture has the other byte order: let Wireshark save it anew.");
                }

                begun = true;
                interfaces.Clear();
            }
            else if (type == InterfaceDescription && body.Length >= 12)
            {
                interfaces.Add((BinaryPrimitives.ReadUInt16LittleEndian(body), Unit(body.AsSpan(8, body.Length - 12))));
            }
            else if (type == EnhancedPacket && body.Length >= PacketHeaderSize + 4)
            {
                int number = BinaryPrimitives.ReadInt32LittleEndian(body);
                int captured = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(12));
                ulong time = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(4)) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(8));

                if (number >= 0 && number < interfaces.Count && captured >= 0 && captured <= body.Length - PacketHeaderSize - 4
                    && interfaces[number].LinkType is LinkLayer.LinkTypeWithHeader or LinkLayer.LinkType)
                {
                    byte[] packet = body[PacketHeaderSize..(PacketHeaderSize + captured)];

                    foreach (CapturedFrame frame in linkLayer.Decode((long)(time * interfaces[number].Unit), interfaces[number].LinkType, packet))
                    {
                        yield return frame;
                    }
                }
            }
        }
    }

    // if_tsresol; microseconds without it.
    private static double Unit(ReadOnlySpan<byte> options)
    {
        while (options.Length >= 4)
        {
            int code = BinaryPrimitives.ReadUInt16LittleEndian(options);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(options[2..]);

            if (code == ResolutionOption && length == 1 && options.Length > 4)
            {
                int resolution = options[4];

                return MicrosecondsInSecond / ((resolution & 0x80) != 0 ? Math.Pow(2, resolution & 0x7F) : Math.Pow(10, resolution));
            }

            if (code == 0 || 4 + ((length + 3) & ~3) > options.Length)
            {
                break;
            }

            options = options[(4 + ((length + 3) & ~3))..];
        }

        return 1;
    }
}
