using System;

namespace MeshNode.Network
{
    /// <summary>What the node sends to itself, until it is delivered. A full queue refuses.</summary>
    internal sealed class LoopbackQueue
    {
        private const int SlotSize = 32;
        private const int ControlBit = 0x80;

        // Where in a slot what is, behind DST and TransportPDU.
        private const int LengthOffset = NetworkPdu.TransportOffset + NetworkPdu.MaxAccessTransportLength;
        private const int TtlOffset = LengthOffset + 1;
        private const int SourceOffset = TtlOffset + 1;
        private const int SequenceOffset = SourceOffset + 2;
        private const int IvIndexOffset = SequenceOffset + 4;

        private readonly Subnet[] _subnets;
        private readonly byte[] _slots;
        private int _first;
        private int _count;

        public LoopbackQueue(int capacity)
        {
            _subnets = new Subnet[capacity];
            _slots = new byte[capacity * SlotSize];
        }

        public bool IsEmpty
        {
            get { return _count == 0; }
        }

        public bool IsFull
        {
            get { return _count == _subnets.Length; }
        }

        /// <summary>The subnet of the first PDU.</summary>
        public Subnet FirstSubnet
        {
            get { return _subnets[_first]; }
        }

        /// <summary>Appends a PDU, for which there must be room.</summary>
        /// <param name="count">Octets of the TransportPDU.</param>
        public void Append(
            Subnet subnet,
            uint ivIndex,
            bool control,
            int ttl,
            uint sequence,
            int source,
            int destination,
            byte[] transportPdu,
            int offset,
            int count)
        {
            int place = (_first + _count) % _subnets.Length;
            int slot = place * SlotSize;
            _subnets[place] = subnet;
            BigEndian.WriteUInt16(_slots, slot, destination);
            Array.Copy(transportPdu, offset, _slots, slot + NetworkPdu.TransportOffset, count);
            _slots[slot + LengthOffset] = (byte)count;
            _slots[slot + TtlOffset] = (byte)(control ? ttl | ControlBit : ttl);
            BigEndian.WriteUInt16(_slots, slot + SourceOffset, source);
            BigEndian.WriteUInt32(_slots, slot + SequenceOffset, sequence);
            BigEndian.WriteUInt32(_slots, slot + IvIndexOffset, ivIndex);
            _count++;
        }

        /// <summary>Gives the first PDU, which stays there.</summary>
        public void CopyFirst(NetworkPdu pdu)
        {
            int slot = _first * SlotSize;
            Subnet subnet = _subnets[_first];
            int length = _slots[slot + LengthOffset];
            int ttl = _slots[slot + TtlOffset];
            pdu.Interface = NetworkInterface.Local;
            pdu.Subnet = subnet;
            pdu.Key = subnet.TransmitKey;
            pdu.IvIndex = BigEndian.ReadUInt32(_slots, slot + IvIndexOffset);
            pdu.Control = ttl >= ControlBit;
            pdu.Ttl = ttl & NetworkPdu.MaxTtl;
            pdu.Sequence = BigEndian.ReadUInt32(_slots, slot + SequenceOffset);
            pdu.Source = BigEndian.ReadUInt16(_slots, slot + SourceOffset);
            pdu.Destination = BigEndian.ReadUInt16(_slots, slot);
            pdu.TransportLength = length;
            Array.Copy(_slots, slot, pdu.Payload, 0, NetworkPdu.TransportOffset + length);
        }

        public void RemoveFirst()
        {
            Array.Clear(_slots, _first * SlotSize, SlotSize);
            _subnets[_first] = null;
            _first = (_first + 1) % _subnets.Length;
            _count--;
        }
    }
}
