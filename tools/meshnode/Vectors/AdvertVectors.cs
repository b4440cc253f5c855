using System;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the connectable adverts.</summary>
internal static class AdvertVectors
{
    private const int HashSize = 8;
    private const int UuidSize = 16;

    // Flags and the list of services stand before the service data.
    private const int ServiceDataOffset = 7;

    public static void NetworkId(VectorObject input, VectorComparison output)
    {
        NetworkKey key = new(input.Octets("net_key", NetworkKey.Size));
        byte[] serviceData = new byte[ProxyServiceData.NetworkIdLength];
        ProxyServiceData.EncodeNetworkId(key, serviceData);
        output.Octets("network_id", PrimitiveVectors.NetworkId(key));
        CompareServiceData(GattService.Proxy, serviceData, output);
    }

    public static void NodeIdentity(VectorObject input, VectorComparison output)
    {
        Identity(input, output, ProxyServiceData.NodeIdentity);
    }

    public static void PrivateNodeIdentity(VectorObject input, VectorComparison output)
    {
        Identity(input, output, ProxyServiceData.PrivateNodeIdentity);
    }

    public static void PrivateNetworkIdentity(VectorObject input, VectorComparison output)
    {
        Identity(input, output, ProxyServiceData.PrivateNetworkIdentity);
    }

    public static void Provisioning(VectorObject input, VectorComparison output)
    {
        byte[] serviceData = new byte[ProxyServiceData.ProvisioningLength];
        ProxyServiceData.EncodeProvisioning(input.Octets("device_uuid", UuidSize), input.Address("oob_information"), serviceData);
        CompareServiceData(GattService.Provisioning, serviceData, output);
    }

    /// <summary>Compares service data, alone and as an AD structure.</summary>
    public static void CompareServiceData(int service, byte[] serviceData, VectorComparison output)
    {
        byte[] data = new byte[AdvertisingData.MaxLength];
        int length = ConnectableAdvertisement.Encode(service, serviceData, serviceData.Length, data);
        output.Octets("service_data", serviceData);
        output.Octets("ad_structure", data.AsSpan(ServiceDataOffset, length - ServiceDataOffset));
    }

    private static void Identity(VectorObject input, VectorComparison output, int type)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        NetworkKey key = new(netKey);
        byte[] random = input.Octets("random", ProxyServiceData.RandomSize);
        byte[] serviceData = new byte[ProxyServiceData.IdentityLength];
        byte[] block = new byte[Aes128.BlockSize];
        byte[] identityKey = new byte[NetworkKey.Size];
        byte[] plaintext;

        if (type == ProxyServiceData.PrivateNetworkIdentity)
        {
            ProxyServiceData.EncodePrivateNetworkIdentity(key, random, serviceData, block);
            plaintext = [.. PrimitiveVectors.NetworkId(key), .. random];
        }
        else
        {
            int address = input.Address("address");
            ProxyServiceData.EncodeNodeIdentity(key, type, address, random, serviceData, block);
            int padding = type == ProxyServiceData.PrivateNodeIdentity ? type : 0;
            plaintext = [0, 0, 0, 0, 0, (byte)padding, .. random, (byte)(address >> 8), (byte)address];
        }

        KeyDerivation.IdentityKey(netKey, identityKey);
        output.Octets("identity_key", identityKey);
        output.Octets("network_id", PrimitiveVectors.NetworkId(key));
        output.Octets("plaintext", plaintext);
        output.Octets("block", block);
        output.Octets("hash", block.AsSpan(block.Length - HashSize));
        CompareServiceData(GattService.Proxy, serviceData, output);
    }
}
