using System;
using MeshNode.Bearers;

namespace MeshNode.Provisioning
{
    /// <summary>
    /// A Generic Provisioning PDU in its PB-ADV PDU: Link ID, Transaction Number, then a segment, an acknowledgment or a control
    /// message. See Mesh Protocol 1.1, sections 5.3.1 and 5.3.2.
    /// </summary>
    /// <remarks>One instance is filled again by each <see cref="Decode"/>.</remarks>
    public sealed class GenericProvisioningPdu
    {
        /// <summary>Transaction Start.</summary>
        public const int Start = 0;

        /// <summary>Transaction Acknowledgment.</summary>
        public const int Acknowledgment = 1;

        /// <summary>Transaction Continuation.</summary>
        public const int Continuation = 2;

        /// <summary>Provisioning Bearer Control.</summary>
        public const int Control = 3;

        /// <summary>Link Open.</summary>
        public const int LinkOpen = 0;

        /// <summary>Link ACK.</summary>
        public const int LinkAck = 1;

        /// <summary>Link Close.</summary>
        public const int LinkClose = 2;

        /// <summary>Octets of the longest PDU.</summary>
        public const int MaxLength = AdvertisingData.MaxPayload;

        /// <summary>Octets of a Transaction Acknowledgment or Link ACK PDU.</summary>
        public const int ShortLength = HeaderSize + 1;

        /// <summary>Octets of a Link Close PDU.</summary>
        public const int LinkCloseLength = HeaderSize + 2;

        /// <summary>Octets of a Device UUID in Link Open.</summary>
        public const int UuidSize = 16;

        /// <summary>Octets that a Transaction Start has room for.</summary>
        public const int StartCapacity = 20;

        /// <summary>Octets that a Transaction Continuation has room for.</summary>
        public const int ContinuationCapacity = 23;

        private const int HeaderSize = 5;
        private const int StartHeaderSize = 4;
        private const int FormatMask = 0x03;
        private const int FormatBits = 2;
        private const int FcsPolynomial = 0xE0;

        /// <summary>Link ID.</summary>
        public uint LinkId;

        /// <summary>Transaction Number.</summary>
        public int Transaction;

        /// <summary>Generic Provisioning Control Format.</summary>
        public int Format;

        /// <summary>SegN of a start, SegmentIndex of a continuation, BearerOpcode of a control message.</summary>
        public int Number;

        /// <summary>Octets of the Provisioning PDU that a start announces.</summary>
        public int TotalLength;

        /// <summary>Frame check sequence of a start.</summary>
        public int Fcs;

        /// <summary>Where the segment or the parameters begin.</summary>
        public int DataOffset;

        /// <summary>Octets of the segment or the parameters.</summary>
        public int DataCount;

        /// <summary>Frame check sequence: the CRC of 3GPP TS 27.010. See Mesh Protocol 1.1, section 5.3.3.</summary>
        public static int ComputeFcs(byte[] pdu, int count)
        {
            int fcs = 0xFF;

            for (int i = 0; i < count; i++)
            {
                fcs ^= pdu[i];

                for (int bit = 0; bit < 8; bit++)
                {
                    fcs = (fcs & 1) != 0 ? (fcs >> 1) ^ FcsPolynomial : fcs >> 1;
                }
            }

            return 0xFF - fcs;
        }

        /// <summary>SegN of a Provisioning PDU: its segments less one.</summary>
        public static int LastSegment(int length)
        {
            return length <= StartCapacity ? 0 : (length - StartCapacity + ContinuationCapacity - 1) / ContinuationCapacity;
        }

        /// <summary>Octets of a Provisioning PDU that one of its segments has.</summary>
        /// <param name="length">Octets of the Provisioning PDU.</param>
        /// <param name="segment">0 to SegN.</param>
        public static int SegmentSize(int length, int segment)
        {
            int rest = segment == 0 ? length : length - SegmentOffset(segment);
            int most = segment == 0 ? StartCapacity : ContinuationCapacity;

            return rest < most ? rest : most;
        }

        /// <summary>Where in a Provisioning PDU a segment begins.</summary>
        public static int SegmentOffset(int segment)
        {
            return segment == 0 ? 0 : StartCapacity + ((segment - 1) * ContinuationCapacity);
        }

        /// <summary>Writes a segment of a Provisioning PDU.</summary>
        /// <param name="pdu">Holds the Provisioning PDU, from octet 0 on.</param>
        /// <param name="destination">Takes up to 29 octets.</param>
        /// <returns>Octets written.</returns>
        public static int EncodeSegment(uint linkId, int transaction, byte[] pdu, int length, int segment, byte[] destination)
        {
            int offset = EncodeHeader(linkId, transaction, destination);

            if (segment == 0)
            {
                destination[offset] = (byte)((LastSegment(length) << FormatBits) | Start);
                BigEndian.WriteUInt16(destination, offset + 1, length);
                destination[offset + 3] = (byte)ComputeFcs(pdu, length);
                offset += StartHeaderSize;
            }
            else
            {
                destination[offset++] = (byte)((segment << FormatBits) | Continuation);
            }

            int count = SegmentSize(length, segment);
            Array.Copy(pdu, SegmentOffset(segment), destination, offset, count);

            return offset + count;
        }

        /// <summary>Writes a Transaction Acknowledgment.</summary>
        /// <returns>Octets written.</returns>
        public static int EncodeAcknowledgment(uint linkId, int transaction, byte[] destination)
        {
            int offset = EncodeHeader(linkId, transaction, destination);
            destination[offset] = Acknowledgment;

            return ShortLength;
        }

        /// <summary>Writes a Link Open.</summary>
        /// <returns>Octets written.</returns>
        public static int EncodeLinkOpen(uint linkId, byte[] uuid, byte[] destination)
        {
            int offset = EncodeHeader(linkId, 0, destination);
            destination[offset] = (LinkOpen << FormatBits) | Control;
            Array.Copy(uuid, 0, destination, offset + 1, UuidSize);

            return ShortLength + UuidSize;
        }

        /// <summary>Writes a Link ACK.</summary>
        /// <returns>Octets written.</returns>
        public static int EncodeLinkAck(uint linkId, byte[] destination)
        {
            int offset = EncodeHeader(linkId, 0, destination);
            destination[offset] = (LinkAck << FormatBits) | Control;

            return ShortLength;
        }

        /// <summary>Writes a Link Close.</summary>
        /// <param name="reason">See <see cref="LinkCloseReason"/>.</param>
        /// <returns>Octets written.</returns>
        public static int EncodeLinkClose(uint linkId, int reason, byte[] destination)
        {
            int offset = EncodeHeader(linkId, 0, destination);
            destination[offset] = (LinkClose << FormatBits) | Control;
            destination[offset + 1] = (byte)reason;

            return LinkCloseLength;
        }

        /// <summary>Reads a PDU.</summary>
        /// <returns><see langword="false"/>, and the members are of no use, when lengths or fields contradict each other.</returns>
        public bool Decode(byte[] payload, int offset, int count)
        {
            if (count < ShortLength || count > MaxLength)
            {
                return false;
            }

            int control = payload[offset + HeaderSize];
            LinkId = BigEndian.ReadUInt32(payload, offset);
            Transaction = payload[offset + 4];
            Format = control & FormatMask;
            Number = control >> FormatBits;
            DataOffset = offset + HeaderSize + 1;
            DataCount = count - HeaderSize - 1;

            switch (Format)
            {
                case Start:
                    return DecodeStart(payload);

                case Acknowledgment:
                    return Number == 0 && DataCount == 0;

                case Continuation:
                    return Number > 0 && DataCount > 0;

                default:
                    return DataCount == ControlSize(Number);
            }
        }

        private static int EncodeHeader(uint linkId, int transaction, byte[] destination)
        {
            BigEndian.WriteUInt32(destination, 0, linkId);
            destination[4] = (byte)transaction;

            return HeaderSize;
        }

        private static int ControlSize(int opcode)
        {
            switch (opcode)
            {
                case LinkOpen:
                    return UuidSize;

                case LinkAck:
                    return 0;

                case LinkClose:
                    return 1;

                default:
                    return -1;
            }
        }

        private bool DecodeStart(byte[] payload)
        {
            if (DataCount < StartHeaderSize)
            {
                return false;
            }

            TotalLength = BigEndian.ReadUInt16(payload, DataOffset);
            Fcs = payload[DataOffset + 2];
            DataOffset += StartHeaderSize - 1;
            DataCount -= StartHeaderSize - 1;

            return TotalLength > 0 && Number == LastSegment(TotalLength) && DataCount == SegmentSize(TotalLength, 0);
        }
    }
}
