using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using MeshNode.Bearers;

namespace MeshNode.Kit.Monitor;

/// <summary>
/// Packets of the Bluetooth LE link layer with the pseudo-header of LINKTYPE_BLUETOOTH_LE_LL_WITH_PHDR, around what the kit's bearers carry.
/// </summary>
/// <remarks>The bearers do not tell radio channels, addresses and attribute handles: those are made up here, the same in each capture.</remarks>
internal sealed class LinkLayer
{
    /// <summary>LINKTYPE_BLUETOOTH_LE_LL_WITH_PHDR.</summary>
    public const int LinkTypeWithHeader = 256;

    /// <summary>LINKTYPE_BLUETOOTH_LE_LL, which is read as well.</summary>
    public const int LinkType = 251;

    private const uint AdvertisingAccess = 0x8E89BED6;
    private const uint ConnectionAccess = 0x4D4E0001;
    private const int PseudoHeaderSize = 10;
    private const int AccessSize = 4;
    private const int HeaderSize = 2;
    private const int CrcSize = 3;
    private const int AddressSize = 6;
    private const int AdvertisingChannel = 37;
    private const int Dewhitened = 0x0001;
    private const int ReferenceValid = 0x0010;
    private const int ToServer = 2 << 7;
    private const int ToClient = 3 << 7;
    private const int CrcChecked = 0x0C00;
    private const int ConnectableUndirected = 0x00;
    private const int NonConnectable = 0x02;
    private const int RandomAddress = 0x40;
    private const int TypeMask = 0x0F;
    private const int LengthMask = 0xFF;
    private const int StartOfMessage = 0x02;
    private const int Continuation = 0x01;
    private const int LlidMask = 0x03;
    private const int MaxData = 251;
    private const int L2capHeaderSize = 4;
    private const int AttChannel = 0x0004;
    private const int AttHeaderSize = 3;
    private const byte WriteCommand = 0x52;
    private const byte Notification = 0x1B;
    private const int DataInHandle = 0x0012;
    private const int DataOutHandle = 0x0014;
    private const int AdvertisingCrcInit = 0x555555;
    private const int CrcPolynomial = 0x00065B;

    private readonly Dictionary<(uint Access, bool ToServer), List<byte>> _messages = [];

    /// <summary>The packets that carry a frame, with pseudo-header.</summary>
    public static IEnumerable<byte[]> Encode(CapturedFrame frame)
    {
        switch (frame.Kind)
        {
            case CapturedKind.Advert:
                return [Advert(NonConnectable, frame.Connection, [(byte)(frame.Payload.Length + 1), (byte)frame.Type, .. frame.Payload])];

            case CapturedKind.Connectable:
                return [Advert(ConnectableUndirected, frame.Connection, frame.Payload)];

            default:
                return Data(frame);
        }
    }

    /// <summary>Reads a packet. What the kit's bearers do not carry is left out.</summary>
    public IEnumerable<CapturedFrame> Decode(long time, int linkType, byte[] packet)
    {
        int offset = linkType == LinkTypeWithHeader ? PseudoHeaderSize : 0;

        if (packet.Length < offset + AccessSize + HeaderSize + CrcSize)
        {
            return [];
        }

        int flags = offset == 0 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(packet.AsSpan(8));
        uint access = BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(offset));
        byte header = packet[offset + AccessSize];
        int length = packet[offset + AccessSize + 1] & LengthMask;
        int start = offset + AccessSize + HeaderSize;

        if (start + length + CrcSize > packet.Length)
        {
            return [];
        }

        byte[] pdu = packet[start..(start + length)];

        return access == AdvertisingAccess ? DecodeAdvert(time, header, pdu) : DecodeData(time, access, (flags & (7 << 7)) == ToServer, header, pdu);
    }

    private static List<CapturedFrame> DecodeAdvert(long time, byte header, byte[] pdu)
    {
        int type = header & TypeMask;

        if (pdu.Length < AddressSize || type is not (ConnectableUndirected or NonConnectable))
        {
            return [];
        }

        int advertiser = pdu[0];
        byte[] data = pdu[AddressSize..];

        if (type == ConnectableUndirected)
        {
            return [new CapturedFrame(time, CapturedKind.Connectable, 0, data, advertiser)];
        }

        List<CapturedFrame> frames = [];

        for (int i = 0; i + 1 < data.Length && data[i] != 0 && i + data[i] < data.Length; i += data[i] + 1)
        {
            frames.Add(new CapturedFrame(time, CapturedKind.Advert, data[i + 1], data[(i + 2)..(i + 1 + data[i])], advertiser));
        }

        return frames;
    }

    private List<CapturedFrame> DecodeData(long time, uint access, bool toServer, byte header, byte[] pdu)
    {
        int llid = header & LlidMask;

        if (llid == StartOfMessage)
        {
            _messages[(access, toServer)] = [.. pdu];
        }
        else if (llid == Continuation && _messages.TryGetValue((access, toServer), out List<byte>? begun))
        {
            begun.AddRange(pdu);
        }

        if (!_messages.TryGetValue((access, toServer), out List<byte>? message)
            || message.Count < L2capHeaderSize
            || message.Count < L2capHeaderSize + (message[0] | (message[1] << 8)))
        {
            return [];
        }

        _messages.Remove((access, toServer));

        if (message.Count < L2capHeaderSize + AttHeaderSize || (message[2] | (message[3] << 8)) != AttChannel)
        {
            return [];
        }

        CapturedKind? kind = message[L2capHeaderSize] switch { WriteCommand => CapturedKind.Written, Notification => CapturedKind.Notified, _ => null };

        return kind == null ? [] : [new CapturedFrame(time, kind.Value, 0, [.. message[(L2capHeaderSize + AttHeaderSize)..]], (int)(access & 0xFF) - 1)];
    }

    private static byte[] Advert(int type, int advertiser, byte[] data)
    {
        byte[] address = [(byte)advertiser, 0x00, 0x00, 0x4E, 0x4D, 0xC0];
        byte[] pdu = [(byte)(type | RandomAddress), (byte)(AddressSize + data.Length), .. address, .. data];

        return Packet(AdvertisingChannel, AdvertisingAccess, Dewhitened | ReferenceValid | CrcChecked, pdu, AdvertisingCrcInit);
    }

    private static List<byte[]> Data(CapturedFrame frame)
    {
        bool written = frame.Kind == CapturedKind.Written;
        int handle = written ? DataInHandle : DataOutHandle;
        int length = AttHeaderSize + frame.Payload.Length;
        byte[] message =
        [
            (byte)length, (byte)(length >> 8), AttChannel, 0, written ? WriteCommand : Notification, (byte)handle, (byte)(handle >> 8), .. frame.Payload,
        ];
        List<byte[]> packets = [];

        for (int i = 0; i < message.Length; i += MaxData)
        {
            byte[] part = message[i..Math.Min(message.Length, i + MaxData)];
            byte[] pdu = [(byte)(i == 0 ? StartOfMessage : Continuation), (byte)part.Length, .. part];
            packets.Add(Packet(0, ConnectionAccess + (uint)frame.Connection, Dewhitened | ReferenceValid | (written ? ToServer : ToClient), pdu, 0));
        }

        return packets;
    }

    private static byte[] Packet(int channel, uint access, int flags, byte[] pdu, int crcInit)
    {
        byte[] packet = new byte[PseudoHeaderSize + AccessSize + pdu.Length + CrcSize];
        packet[0] = (byte)channel;
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), access);
        BinaryPrimitives.WriteUInt16LittleEndian(packet.AsSpan(8), (ushort)flags);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(PseudoHeaderSize), access);
        pdu.CopyTo(packet, PseudoHeaderSize + AccessSize);
        int crc = Crc(pdu, crcInit);

        for (int i = 0; i < CrcSize; i++)
        {
            packet[packet.Length - CrcSize + i] = Reversed((byte)(crc >> (16 - (8 * i))));
        }

        return packet;
    }

    // A shift register that takes the bits as they go out, least significant first; its most significant bit goes out first. See Core Specification 6.0, Vol 6, Part B, section 3.1.1.
    private static int Crc(byte[] pdu, int init)
    {
        int crc = init;

        foreach (byte octet in pdu)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool feedback = (((crc >> 23) ^ (octet >> bit)) & 1) != 0;
                crc = (crc << 1) & 0xFFFFFF;

                if (feedback)
                {
                    crc ^= CrcPolynomial;
                }
            }
        }

        return crc;
    }

    private static byte Reversed(byte octet)
    {
        int reversed = 0;

        for (int bit = 0; bit < 8; bit++)
        {
            reversed = (reversed << 1) | ((octet >> bit) & 1);
        }

        return (byte)reversed;
    }
}
