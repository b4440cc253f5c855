using System;

namespace MeshNode.BoardApplication
{
    /// <summary>A bounded queue of octets between the thread of native events and the main thread; what does not fit is dropped.</summary>
    internal sealed class PduQueue
    {
        private const int MaxLength = 64;

        private readonly byte[][] _items;
        private readonly int[] _lengths;
        private int _first;
        private int _count;

        public PduQueue(int capacity)
        {
            _items = new byte[capacity][];
            _lengths = new int[capacity];

            for (int i = 0; i < capacity; i++)
            {
                _items[i] = new byte[MaxLength];
            }
        }

        public int Dropped { get; private set; }

        public void Add(byte[] octets, int length)
        {
            lock (_items)
            {
                if (_count == _items.Length || length > MaxLength)
                {
                    Dropped++;

                    return;
                }

                int index = (_first + _count) % _items.Length;
                Array.Copy(octets, 0, _items[index], 0, length);
                _lengths[index] = length;
                _count++;
            }
        }

        /// <returns>Octets copied to <paramref name="destination"/>; -1 when there is nothing.</returns>
        public int Take(byte[] destination)
        {
            lock (_items)
            {
                if (_count == 0)
                {
                    return -1;
                }

                int length = _lengths[_first];
                Array.Copy(_items[_first], 0, destination, 0, length);
                _first = (_first + 1) % _items.Length;
                _count--;

                return length;
            }
        }
    }
}
