using System;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Proxy
{
    /// <summary>
    /// The service data by which a node's Mesh Proxy or Mesh Provisioning Service is recognised. See Mesh Protocol 1.1,
    /// sections 7.1.2.2 and 7.2.2.2.
    /// </summary>
    public static class ProxyServiceData
    {
        /// <summary>Identification Type: Network ID.</summary>
        public const int NetworkId = 0x00;

        /// <summary>Identification Type: Node Identity.</summary>
        public const int NodeIdentity = 0x01;

        /// <summary>Identification Type: Private Network Identity.</summary>
        public const int PrivateNetworkIdentity = 0x02;

        /// <summary>Identification Type: Private Node Identity.</summary>
        public const int PrivateNodeIdentity = 0x03;

        /// <summary>Octets of service data with a Network ID.</summary>
        public const int NetworkIdLength = 9;

        /// <summary>Octets of service data with one of the three identities.</summary>
        public const int IdentityLength = 17;

        /// <summary>Octets of the Random field.</summary>
        public const int RandomSize = 8;

        /// <summary>Octets of the service data of the Mesh Provisioning Service.</summary>
        public const int ProvisioningLength = 18;

        private const int HashOffset = 1;
        private const int HashSize = 8;
        private const int RandomOffset = HashOffset + HashSize;
        private const int BlockRandomOffset = 6;
        private const int BlockAddressOffset = 14;
        private const int BlockTypeOffset = 5;
        private const int UuidSize = 16;

        /// <summary>Writes service data with a Network ID. See Mesh Protocol 1.1, section 7.2.2.2.2.</summary>
        /// <returns><see cref="NetworkIdLength"/>.</returns>
        public static int EncodeNetworkId(NetworkKey key, byte[] serviceData)
        {
            serviceData[0] = NetworkId;
            BigEndian.WriteUInt64(serviceData, HashOffset, key.NetworkId);

            return NetworkIdLength;
        }

        /// <summary>Writes service data with a Node Identity, in the clear or private. See Mesh Protocol 1.1, sections 7.2.2.2.3 and 7.2.2.2.5.</summary>
        /// <param name="type"><see cref="NodeIdentity"/> or <see cref="PrivateNodeIdentity"/>.</param>
        /// <param name="address">Unicast address of the primary element.</param>
        /// <param name="random">8 octets.</param>
        /// <param name="serviceData">Takes 17 octets.</param>
        /// <param name="block">Scratch, 16 octets.</param>
        /// <returns><see cref="IdentityLength"/>.</returns>
        public static int EncodeNodeIdentity(NetworkKey key, int type, int address, byte[] random, byte[] serviceData, byte[] block)
        {
            Array.Clear(block, 0, BlockRandomOffset);

            if (type == PrivateNodeIdentity)
            {
                block[BlockTypeOffset] = PrivateNodeIdentity;
            }

            Array.Copy(random, 0, block, BlockRandomOffset, RandomSize);
            BigEndian.WriteUInt16(block, BlockAddressOffset, address);

            return EncodeHash(key, type, random, serviceData, block);
        }

        /// <summary>Writes service data with a Private Network Identity. See Mesh Protocol 1.1, section 7.2.2.2.4.</summary>
        /// <param name="random">8 octets.</param>
        /// <param name="serviceData">Takes 17 octets.</param>
        /// <param name="block">Scratch, 16 octets.</param>
        /// <returns><see cref="IdentityLength"/>.</returns>
        public static int EncodePrivateNetworkIdentity(NetworkKey key, byte[] random, byte[] serviceData, byte[] block)
        {
            BigEndian.WriteUInt64(block, 0, key.NetworkId);
            Array.Copy(random, 0, block, NetworkKey.NetworkIdSize, RandomSize);

            return EncodeHash(key, PrivateNetworkIdentity, random, serviceData, block);
        }

        /// <summary>Writes the service data of an unprovisioned device. See Mesh Protocol 1.1, section 7.1.2.2.1.</summary>
        /// <param name="uuid">Device UUID, 16 octets.</param>
        /// <param name="oobInformation">OOB Information; its octets stand as the sample of section 8.5.1 has them, least significant first.</param>
        /// <param name="serviceData">Takes 18 octets.</param>
        /// <returns><see cref="ProvisioningLength"/>.</returns>
        public static int EncodeProvisioning(byte[] uuid, int oobInformation, byte[] serviceData)
        {
            Array.Copy(uuid, 0, serviceData, 0, UuidSize);
            serviceData[UuidSize] = (byte)oobInformation;
            serviceData[UuidSize + 1] = (byte)(oobInformation >> 8);

            return ProvisioningLength;
        }

        private static int EncodeHash(NetworkKey key, int type, byte[] random, byte[] serviceData, byte[] block)
        {
            key.Identity.Encrypt(block, block);
            serviceData[0] = (byte)type;
            Array.Copy(block, Aes128.BlockSize - HashSize, serviceData, HashOffset, HashSize);
            Array.Copy(random, 0, serviceData, RandomOffset, RandomSize);

            return IdentityLength;
        }
    }
}
