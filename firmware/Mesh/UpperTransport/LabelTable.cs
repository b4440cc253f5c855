using System;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// The Label UUIDs that this node subscribes or publishes to. See Mesh Protocol 1.1, section 3.4.2.3.
    /// </summary>
    /// <remarks>
    /// A virtual address is 14 bits of a hash: two labels with the same address are told apart by the TransMIC only. A label stays as
    /// long as somebody refers to it. 19 octets a place.
    /// </remarks>
    public sealed class LabelTable
    {
        /// <summary>No place.</summary>
        public const int None = -1;

        /// <summary>Octets of a Label UUID.</summary>
        public const int LabelSize = 16;

        private readonly byte[] _labels;
        private readonly ushort[] _addresses;
        private readonly byte[] _references;

        /// <param name="capacity">Number of places, at most 254.</param>
        public LabelTable(int capacity)
        {
            _labels = new byte[capacity * LabelSize];
            _addresses = new ushort[capacity];
            _references = new byte[capacity];
        }

        /// <summary>Number of places.</summary>
        public int Capacity
        {
            get { return _addresses.Length; }
        }

        /// <summary>The virtual address of the label at a place; unassigned when the place is empty.</summary>
        public int Address(int place)
        {
            return _addresses[place];
        }

        /// <summary>The place of a label, or <see cref="None"/>.</summary>
        public int Find(byte[] label, int offset)
        {
            for (int i = 0; i < _addresses.Length; i++)
            {
                if (_references[i] != 0 && ConstantTime.Equal(label, offset, _labels, i * LabelSize, LabelSize))
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>Refers to a label, which is added when it is not known.</summary>
        /// <param name="label">Holds the label. Copied.</param>
        /// <returns>Its place, or <see cref="None"/> when there is no room.</returns>
        public int Refer(byte[] label, int offset)
        {
            int place = Find(label, offset);

            if (place != None)
            {
                return Refer(place);
            }

            for (int i = 0; i < _addresses.Length; i++)
            {
                if (_references[i] == 0)
                {
                    Array.Copy(label, offset, _labels, i * LabelSize, LabelSize);
                    _addresses[i] = (ushort)KeyDerivation.VirtualAddress(label, offset);
                    _references[i] = 1;

                    return i;
                }
            }

            return None;
        }

        /// <summary>One reference is given up; the label is forgotten with the last.</summary>
        /// <param name="place">Its place, or <see cref="None"/>.</param>
        public void Release(int place)
        {
            if (place != None)
            {
                _references[place]--;

                if (_references[place] == 0)
                {
                    _addresses[place] = Network.Address.Unassigned;
                }
            }
        }

        /// <summary>Copies a label.</summary>
        public void CopyTo(int place, byte[] destination, int offset)
        {
            Array.Copy(_labels, place * LabelSize, destination, offset, LabelSize);
        }

        /// <summary>Forgets all labels.</summary>
        public void Clear()
        {
            Array.Clear(_addresses, 0, _addresses.Length);
            Array.Clear(_references, 0, _references.Length);
            Array.Clear(_labels, 0, _labels.Length);
        }

        private int Refer(int place)
        {
            if (_references[place] == byte.MaxValue)
            {
                return None;
            }

            _references[place]++;

            return place;
        }
    }
}
