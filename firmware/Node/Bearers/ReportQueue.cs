using System;

namespace MeshNode.Bearers
{
    /// <summary>
    /// AD structures on their way from the thread of native events to the thread that owns the stack. What does not fit is dropped.
    /// </summary>
    /// <remarks>
    /// One thread adds, one takes. No lock: each counter has one writer, the interpreter reads fields anew each time, and only one thread runs
    /// at a time. All memory, 32 octets per place, is allocated by the constructor.
    /// </remarks>
    internal sealed class ReportQueue
    {
        private const int SlotSize = 32;
        private const int TypeOffset = 1;

        private readonly byte[] _slots;
        private readonly int _mask;
        private int _added;
        private int _taken;
        private int _dropped;

        /// <param name="capacity">Number of places, a power of two.</param>
        public ReportQueue(int capacity)
        {
            _slots = new byte[capacity * SlotSize];
            _mask = capacity - 1;
        }

        /// <summary>AD structures that found no place.</summary>
        public int Dropped
        {
            get { return _dropped; }
        }

        /// <summary>Octets that <see cref="First"/> points into.</summary>
        public byte[] Octets
        {
            get { return _slots; }
        }

        /// <summary>Where the payload of the oldest AD structure begins in <see cref="Octets"/>, or -1 when there is none.</summary>
        public int First
        {
            get { return _taken == _added ? -1 : ((_taken & _mask) * SlotSize) + TypeOffset + 1; }
        }

        /// <summary>Type of the AD structure whose payload begins at <paramref name="first"/>.</summary>
        public int TypeOf(int first)
        {
            return _slots[first - 1];
        }

        /// <summary>Octets of the payload that begins at <paramref name="first"/>.</summary>
        public int CountOf(int first)
        {
            return _slots[first - 1 - TypeOffset] - 1;
        }

        /// <summary>Adds an AD structure: length, type and payload.</summary>
        /// <param name="structure">Begins with the length, 1 to 30. Copied.</param>
        public void Add(byte[] structure)
        {
            if (_added - _taken > _mask)
            {
                _dropped++;

                return;
            }

            Array.Copy(structure, 0, _slots, (_added & _mask) * SlotSize, structure[0] + 1);
            _added++;
        }

        /// <summary>Gives up the place of the oldest AD structure.</summary>
        public void Release()
        {
            _taken++;
        }
    }
}
