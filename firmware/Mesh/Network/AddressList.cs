using System;

namespace MeshNode.Network
{
    /// <summary>
    /// A set of addresses with a fixed capacity, kept in ascending order so that a look-up costs few steps.
    /// </summary>
    public sealed class AddressList
    {
        private readonly ushort[] _addresses;
        private int _count;

        /// <param name="capacity">Largest number of addresses; 2 octets each.</param>
        public AddressList(int capacity)
        {
            _addresses = new ushort[capacity];
        }

        /// <summary>Number of addresses.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Whether no further address fits.</summary>
        public bool IsFull
        {
            get { return _count == _addresses.Length; }
        }

        /// <summary>The address at a place, in ascending order.</summary>
        public int this[int place]
        {
            get { return _addresses[place]; }
        }

        /// <summary>Looks an address up.</summary>
        /// <returns>Its place, or the complement of the place where it would have to be inserted.</returns>
        public int Find(int address)
        {
            ushort[] addresses = _addresses;
            int low = 0;
            int high = _count - 1;

            while (low <= high)
            {
                int middle = (low + high) >> 1;
                int difference = addresses[middle] - address;

                if (difference == 0)
                {
                    return middle;
                }

                if (difference < 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return ~low;
        }

        /// <summary>Inserts an address at the place that <see cref="Find"/> gave. There must be room.</summary>
        public void InsertAt(int index, int address)
        {
            Array.Copy(_addresses, index, _addresses, index + 1, _count - index);
            _addresses[index] = (ushort)address;
            _count++;
        }

        /// <summary>Removes the address at a place.</summary>
        public void RemoveAt(int index)
        {
            _count--;
            Array.Copy(_addresses, index + 1, _addresses, index, _count - index);
        }

        /// <summary>Removes all addresses.</summary>
        public void Clear()
        {
            _count = 0;
        }
    }
}
