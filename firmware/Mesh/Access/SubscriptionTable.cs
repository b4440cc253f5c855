using System;
using MeshNode.UpperTransport;

namespace MeshNode.Access
{
    /// <summary>
    /// The subscription lists of all models in one table. See Mesh Protocol 1.1, section 4.2.4.
    /// </summary>
    /// <remarks>Models of an element that extend each other share one list. 4 octets an entry.</remarks>
    public sealed class SubscriptionTable
    {
        private readonly LabelTable _labels;
        private readonly ushort[] _addresses;
        private readonly byte[] _places;
        private readonly byte[] _lists;
        private int _count;

        /// <param name="capacity">Number of entries, at most 255.</param>
        public SubscriptionTable(int capacity, LabelTable labels)
        {
            _labels = labels;
            _addresses = new ushort[capacity];
            _places = new byte[capacity];
            _lists = new byte[capacity];
        }

        /// <summary>Number of entries.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Entries that still fit.</summary>
        public int Free
        {
            get { return _addresses.Length - _count; }
        }

        /// <summary>Whether any model subscribes to an address.</summary>
        public bool Contains(int address)
        {
            ushort[] addresses = _addresses;

            for (int i = _count - 1; i >= 0; i--)
            {
                if (addresses[i] == address)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a model subscribes to an address.</summary>
        /// <param name="label">Place of the label when the address is virtual, else <see cref="LabelTable.None"/>.</param>
        public bool Contains(Model model, int address, int label)
        {
            return Find(model.SubscriptionList, address, label) >= 0;
        }

        /// <summary>Number of entries of a model.</summary>
        public int CountOf(Model model)
        {
            int count = 0;

            for (int i = 0; i < _count; i++)
            {
                if (_lists[i] == model.SubscriptionList)
                {
                    count++;
                }
            }

            return count;
        }

        /// <summary>The address of an entry of a model, in the order in which they were added; 0 when there are not so many.</summary>
        public int AddressOf(Model model, int index)
        {
            int entry = EntryOf(model, index);

            return entry < 0 ? 0 : _addresses[entry];
        }

        /// <summary>Place of the label of an entry of a model, or <see cref="LabelTable.None"/>.</summary>
        public int LabelOf(Model model, int index)
        {
            int entry = EntryOf(model, index);

            return entry < 0 || _places[entry] == byte.MaxValue ? LabelTable.None : _places[entry];
        }

        /// <summary>Adds an entry, unless it is there already.</summary>
        /// <param name="label">Place of the label, whose reference goes over to the table, or <see cref="LabelTable.None"/>.</param>
        /// <returns><see langword="false"/> when there is no room; the reference is given up.</returns>
        public bool Add(Model model, int address, int label)
        {
            if (Find(model.SubscriptionList, address, label) >= 0)
            {
                _labels.Release(label);

                return true;
            }

            if (_count == _addresses.Length)
            {
                _labels.Release(label);

                return false;
            }

            _addresses[_count] = (ushort)address;
            _places[_count] = (byte)label;
            _lists[_count] = model.SubscriptionList;
            _count++;

            return true;
        }

        /// <summary>Removes an entry, if it is there.</summary>
        public void Remove(Model model, int address, int label)
        {
            int index = Find(model.SubscriptionList, address, label);

            if (index >= 0)
            {
                RemoveAt(index);
            }
        }

        /// <summary>Removes all entries of a model.</summary>
        public void RemoveAll(Model model)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_lists[i] == model.SubscriptionList)
                {
                    RemoveAt(i);
                }
            }
        }

        /// <summary>Removes all entries.</summary>
        public void Clear()
        {
            while (_count > 0)
            {
                RemoveAt(_count - 1);
            }
        }

        private int EntryOf(Model model, int index)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_lists[i] == model.SubscriptionList && index-- == 0)
                {
                    return i;
                }
            }

            return -1;
        }

        private void RemoveAt(int index)
        {
            _labels.Release(_places[index] == byte.MaxValue ? LabelTable.None : _places[index]);
            _count--;
            Array.Copy(_addresses, index + 1, _addresses, index, _count - index);
            Array.Copy(_places, index + 1, _places, index, _count - index);
            Array.Copy(_lists, index + 1, _lists, index, _count - index);
        }

        // No label, -1, is kept as 255.
        private int Find(int list, int address, int label)
        {
            int place = (byte)label;

            for (int i = _count - 1; i >= 0; i--)
            {
                if (_addresses[i] == address && _lists[i] == list && _places[i] == place)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
