using System;

namespace MeshNode.Proxy
{
    /// <summary>
    /// What waits to be notified to one client, most important first, in order of arrival among equals.
    /// </summary>
    /// <remarks>
    /// A full queue gives up the oldest of its least important messages for one that is at least as important: of a flood from the
    /// mesh the client sees the latest, and never at the cost of an answer to itself. 35 octets a place.
    /// </remarks>
    public sealed class ProxyQueue
    {
        /// <summary>
        /// Priority of this node's Network PDUs and proxy configuration messages, the highest: both are numbered with its SEQ, and
        /// must not overtake each other.
        /// </summary>
        public const int Own = 0;

        /// <summary>Priority of beacons.</summary>
        public const int Beacon = 1;

        /// <summary>Priority of Network PDUs of other nodes.</summary>
        public const int Forwarded = 2;

        // In a slot: length, priority above 6 bits of type, message.
        private const int KindOffset = 1;
        private const int MessageOffset = 2;
        private const int SlotSize = 31;
        private const int Free = 0xFF;
        private const int TypeBits = 6;
        private const int TypeMask = 0x3F;

        private readonly byte[] _slots;
        private readonly int[] _order;
        private int _nextOrder;
        private int _count;
        private uint _dropped;

        /// <summary>An empty queue.</summary>
        /// <param name="capacity">Number of messages that can wait.</param>
        public ProxyQueue(int capacity)
        {
            _slots = new byte[capacity * SlotSize];
            _order = new int[capacity];
            Reset();
        }

        /// <summary>Messages that wait.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Messages that were given up or refused because the queue was full.</summary>
        public uint Dropped
        {
            get { return _dropped; }
        }

        /// <summary>Puts a message in, at most 29 octets. It is copied.</summary>
        /// <param name="priority"><see cref="Own"/> to <see cref="Forwarded"/>.</param>
        /// <returns><see langword="false"/> when the queue is full of more important messages.</returns>
        public bool Enqueue(int priority, int type, byte[] message, int length)
        {
            int slot;

            if (_count < _order.Length)
            {
                slot = FindFree();
                _count++;
            }
            else
            {
                _dropped++;
                slot = FindLeastImportant();

                if (Kind(slot) >> TypeBits < priority)
                {
                    return false;
                }
            }

            Array.Copy(message, 0, _slots, slot * SlotSize + MessageOffset, length);
            _slots[slot * SlotSize] = (byte)length;
            _slots[slot * SlotSize + KindOffset] = (byte)((priority << TypeBits) | type);
            _order[slot] = _nextOrder++;

            return true;
        }

        /// <summary>Takes the next message out. There must be one.</summary>
        /// <param name="message">Takes the message.</param>
        /// <param name="type">Its message type.</param>
        /// <returns>Its length.</returns>
        public int Dequeue(byte[] message, out int type)
        {
            int best = -1;

            for (int i = 0; i < _order.Length; i++)
            {
                if (Kind(i) != Free && (best < 0 || IsBefore(i, best)))
                {
                    best = i;
                }
            }

            int length = _slots[best * SlotSize];
            Array.Copy(_slots, best * SlotSize + MessageOffset, message, 0, length);
            type = Kind(best) & TypeMask;
            _slots[best * SlotSize + KindOffset] = Free;
            _count--;

            return length;
        }

        /// <summary>Forgets everything: a new connection begins.</summary>
        public void Reset()
        {
            Array.Clear(_slots, 0, _slots.Length);

            for (int i = 0; i < _order.Length; i++)
            {
                _slots[i * SlotSize + KindOffset] = Free;
            }

            _count = 0;
            _dropped = 0;
        }

        private int Kind(int slot)
        {
            return _slots[slot * SlotSize + KindOffset];
        }

        private bool IsBefore(int slot, int other)
        {
            int difference = (Kind(slot) >> TypeBits) - (Kind(other) >> TypeBits);

            return difference < 0 || (difference == 0 && _order[slot] - _order[other] < 0);
        }

        private int FindFree()
        {
            int slot = 0;

            while (Kind(slot) != Free)
            {
                slot++;
            }

            return slot;
        }

        private int FindLeastImportant()
        {
            int worst = 0;

            for (int i = 1; i < _order.Length; i++)
            {
                int difference = (Kind(i) >> TypeBits) - (Kind(worst) >> TypeBits);

                if (difference > 0 || (difference == 0 && _order[i] - _order[worst] < 0))
                {
                    worst = i;
                }
            }

            return worst;
        }
    }
}
