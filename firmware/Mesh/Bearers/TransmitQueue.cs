using System;

namespace MeshNode.Bearers
{
    /// <summary>
    /// A bounded first-in first-out queue of payloads for the advertising bearer.
    /// </summary>
    /// <remarks>All its memory, 44 octets per place, is allocated at once. A full queue refuses.</remarks>
    public sealed class TransmitQueue
    {
        private const int SlotSize = 32;
        private const int CountOffset = 29;
        private const int TypeOffset = 30;
        private const int TransmitOffset = 31;
        private const int CountBits = 3;
        private const int CountMask = 0x07;
        private const int StepMilliseconds = 10;

        private readonly byte[] _slots;
        private readonly int[] _tags;
        private readonly ushort[] _sources;
        private readonly int _capacity;
        private int _first;
        private int _count;

        /// <param name="capacity">Number of payloads that can wait, 1 to 255.</param>
        public TransmitQueue(int capacity)
        {
            _capacity = capacity;
            _slots = new byte[capacity * SlotSize];
            _tags = new int[capacity];
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
            get { return _count == _capacity; }
        }

        /// <summary>Appends a payload. It is copied.</summary>
        /// <param name="transmitCount">Retransmissions, 0 to 7.</param>
        /// <param name="transmitSteps">Steps of 10 ms less one between transmissions, 0 to 31.</param>
        /// <param name="source">SRC of a Network PDU, 0 for anything else.</param>
        /// <returns><see langword="false"/> when the queue is full or the payload is longer than 29 octets.</returns>
        public bool Enqueue(int type, byte[] payload, int offset, int count, int transmitCount, int transmitSteps, int source, int tag)
        {
            if (_count == _capacity || count > AdvertisingData.MaxPayload)
            {
                return false;
            }

            int index = _first + _count;

            if (index >= _capacity)
            {
                index -= _capacity;
            }

            int slot = index * SlotSize;
            byte[] slots = _slots;
            Array.Copy(payload, offset, slots, slot, count);
            slots[slot + CountOffset] = (byte)count;
            slots[slot + TypeOffset] = (byte)type;
            slots[slot + TransmitOffset] = (byte)((transmitSteps << CountBits) | transmitCount);
            _sources[index] = (ushort)source;
            _tags[index] = tag;
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

                if (++index == _capacity)
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

            if (++_first == _capacity)
            {
                _first = 0;
            }

            _count--;

            bearer.Send(
                _slots[slot + TypeOffset],
                _slots,
                slot,
                _slots[slot + CountOffset],
                (transmit & CountMask) + 1,
                ((transmit >> CountBits) + 1) * StepMilliseconds,
                _tags[index]);
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
