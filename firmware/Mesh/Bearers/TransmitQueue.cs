using System;

namespace MeshNode.Bearers
{
    /// <summary>
    /// A bounded first-in first-out queue of payloads for the advertising bearer.
    /// </summary>
    /// <remarks>All its memory, 34 octets per place without tags, is allocated at once. A full queue refuses.</remarks>
    public sealed class TransmitQueue
    {
        private const int SlotSize = 32;
        private const int CountOffset = 29;
        private const int TypeOffset = 30;
        private const int TransmitOffset = 31;

        private readonly byte[] _slots;
        private readonly int[] _tags;
        private readonly ushort[] _sources;
        private int _first;
        private int _count;

        /// <param name="capacity">Number of payloads that can wait, 1 to 255.</param>
        /// <param name="tagged">Whether payloads have tags, 4 octets per place.</param>
        public TransmitQueue(int capacity, bool tagged)
        {
            _slots = new byte[capacity * SlotSize];
            _tags = tagged ? new int[capacity] : null;
            _sources = new ushort[capacity];
        }

        /// <summary>Payloads that wait.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Whether the next <see cref="Enqueue"/> is refused.</summary>
        public bool IsFull
        {
            get { return _count == _sources.Length; }
        }

        /// <summary>Appends a payload. It is copied.</summary>
        /// <param name="transmit">See <see cref="TransmitState"/>.</param>
        /// <param name="source">SRC of a Network PDU, 0 for anything else.</param>
        /// <returns><see langword="false"/> when the queue is full or the payload is longer than 29 octets.</returns>
        public bool Enqueue(int type, byte[] payload, int offset, int count, int transmit, int source, int tag)
        {
            if (_count == _sources.Length || count > AdvertisingData.MaxPayload)
            {
                return false;
            }

            int index = _first + _count;

            if (index >= _sources.Length)
            {
                index -= _sources.Length;
            }

            int slot = index * SlotSize;
            byte[] slots = _slots;
            Array.Copy(payload, offset, slots, slot, count);
            slots[slot + CountOffset] = (byte)count;
            slots[slot + TypeOffset] = (byte)type;
            slots[slot + TransmitOffset] = (byte)transmit;
            _sources[index] = (ushort)source;

            if (_tags != null)
            {
                _tags[index] = tag;
            }

            _count++;

            return true;
        }

        /// <summary>Whether a Network PDU of this source waits.</summary>
        public bool ContainsSource(int source)
        {
            int index = _first;

            for (int i = _count; i > 0; i--)
            {
                if (_sources[index] == source)
                {
                    return true;
                }

                if (++index == _sources.Length)
                {
                    index = 0;
                }
            }

            return false;
        }

        /// <summary>Hands the oldest payload to the bearer. There must be one.</summary>
        public void SendFirst(IAdvertisingBearer bearer)
        {
            int index = _first;
            int slot = index * SlotSize;
            int transmit = _slots[slot + TransmitOffset];

            if (++_first == _sources.Length)
            {
                _first = 0;
            }

            _count--;

            bearer.Send(
                _slots[slot + TypeOffset],
                _slots,
                slot,
                _slots[slot + CountOffset],
                TransmitState.Transmissions(transmit),
                TransmitState.Interval(transmit),
                _tags == null ? 0 : _tags[index]);
        }

        /// <summary>Forgets everything that waits.</summary>
        public void Clear()
        {
            _first = 0;
            _count = 0;
            Array.Clear(_slots, 0, _slots.Length);
        }
    }
}
