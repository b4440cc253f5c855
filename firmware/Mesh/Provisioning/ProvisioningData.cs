using System;
using MeshNode.Network;

namespace MeshNode.Provisioning
{
    /// <summary>What a provisioner gives to the device. See Mesh Protocol 1.1, section 5.4.2.5.</summary>
    public sealed class ProvisioningData
    {
        /// <summary>Octets of the data in clear.</summary>
        public const int Size = 25;

        /// <summary>Octets of its MIC.</summary>
        public const int MicSize = 8;

        /// <summary>Octets of the encrypted data and its MIC.</summary>
        public const int SecuredSize = Size + MicSize;

        private const int MaxNetKeyIndex = 0x0FFF;
        private const int KeyRefreshFlag = 0x01;
        private const int IvUpdateFlag = 0x02;

        /// <summary>The network key, 16 octets.</summary>
        public readonly byte[] NetKey = new byte[NetworkKey.Size];

        /// <summary>NetKey Index, 0x000 to 0xFFF.</summary>
        public int NetKeyIndex;

        /// <summary>Whether the subnet is in phase 2 of a key refresh; the network key is the new one.</summary>
        public bool KeyRefresh;

        /// <summary>Whether an IV Update is in progress.</summary>
        public bool IvUpdate;

        /// <summary>IV Index.</summary>
        public uint IvIndex;

        /// <summary>Unicast address of the primary element.</summary>
        public int UnicastAddress;

        /// <summary>Reads the data in clear. Bits of the flags that are reserved are ignored.</summary>
        /// <param name="elements">Elements that need an address.</param>
        /// <returns>See <see cref="ProvisioningError"/>; unless it is None, nothing is changed.</returns>
        public int Decode(byte[] data, int offset, int elements)
        {
            int netKeyIndex = BigEndian.ReadUInt16(data, offset + 16);
            int flags = data[offset + 18];
            int address = BigEndian.ReadUInt16(data, offset + 23);

            if (netKeyIndex > MaxNetKeyIndex || !Address.IsUnicast(address))
            {
                return ProvisioningError.InvalidData;
            }

            if (!Address.IsUnicast(address + elements - 1))
            {
                return ProvisioningError.CannotAssignAddresses;
            }

            Array.Copy(data, offset, NetKey, 0, NetworkKey.Size);
            NetKeyIndex = netKeyIndex;
            KeyRefresh = (flags & KeyRefreshFlag) != 0;
            IvUpdate = (flags & IvUpdateFlag) != 0;
            IvIndex = BigEndian.ReadUInt32(data, offset + 19);
            UnicastAddress = address;

            return ProvisioningError.None;
        }

        /// <summary>Zeroes the network key.</summary>
        public void Clear()
        {
            Array.Clear(NetKey, 0, NetworkKey.Size);
        }
    }
}
