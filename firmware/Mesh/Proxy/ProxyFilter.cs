using MeshNode.Network;

namespace MeshNode.Proxy
{
    /// <summary>
    /// The proxy filter of one client: which destinations it is sent. See Mesh Protocol 1.1, section 6.4.
    /// </summary>
    /// <remarks>64 addresses, 156 octets. An address that finds the list full is not added and counted.</remarks>
    public sealed class ProxyFilter
    {
        /// <summary>Filter Type of an accept list.</summary>
        public const int AcceptList = 0x00;

        /// <summary>Filter Type of a reject list.</summary>
        public const int RejectList = 0x01;

        /// <summary>Largest number of addresses.</summary>
        public const int Capacity = 64;

        private readonly AddressList _addresses = new AddressList(Capacity);
        private int _type;
        private uint _overflows;

        /// <summary><see cref="AcceptList"/> or <see cref="RejectList"/>.</summary>
        public int Type
        {
            get { return _type; }
        }

        /// <summary>Number of addresses in the list.</summary>
        public int Count
        {
            get { return _addresses.Count; }
        }

        /// <summary>How many addresses have found the list full, over all connections.</summary>
        public uint Overflows
        {
            get { return _overflows; }
        }

        /// <summary>Sets the type and empties the list.</summary>
        public void SetType(int type)
        {
            _type = type;
            _addresses.Clear();
        }

        /// <summary>Adds an address. The unassigned address is ignored.</summary>
        public void Add(int address)
        {
            int index = _addresses.Find(address);

            if (index >= 0 || address == Address.Unassigned)
            {
                return;
            }

            if (_addresses.IsFull)
            {
                _overflows++;

                return;
            }

            _addresses.InsertAt(~index, address);
        }

        /// <summary>Removes an address.</summary>
        public void Remove(int address)
        {
            int index = _addresses.Find(address);

            if (index >= 0)
            {
                _addresses.RemoveAt(index);
            }
        }

        /// <summary>Learns the address of an element of the client, so that answers reach it.</summary>
        public void Learn(int source)
        {
            if (_type == AcceptList)
            {
                Add(source);
            }
            else
            {
                Remove(source);
            }
        }

        /// <summary>Whether the client is sent messages for a destination. An accept list always holds all-nodes.</summary>
        public bool Accepts(int destination)
        {
            if (_type == RejectList)
            {
                return _addresses.Find(destination) < 0;
            }

            return destination == Address.AllNodes || _addresses.Find(destination) >= 0;
        }

        /// <summary>The state of a new connection: an empty accept list.</summary>
        public void Reset()
        {
            SetType(AcceptList);
        }
    }
}
