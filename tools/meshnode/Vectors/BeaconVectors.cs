using System;
using MeshNode.Beacons;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the beacons.</summary>
internal static class BeaconVectors
{
    private const int AuthenticationSize = 8;

    public static void SecureNetwork(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        NetworkKey key = new(netKey);
        byte[] beacon = new byte[SecureNetworkBeacon.Length];
        byte[] mac = new byte[Aes128.BlockSize];
        byte[] beaconKey = new byte[NetworkKey.Size];
        SecureNetworkBeacon.Encode(key, (int)input.Number("flags", byte.MaxValue), input.IvIndex, beacon, 0, mac);
        KeyDerivation.BeaconKey(netKey, beaconKey);
        byte[] authenticated = beacon[1..^AuthenticationSize];

        output.Octets("beacon", beacon);
        output.Octets("network_id", PrimitiveVectors.NetworkId(key));
        output.Octets("beacon_key", beaconKey);
        output.Octets("auth_input", authenticated);
        output.Octets("auth_value_full", PrimitiveVectors.Cmac(beaconKey, authenticated));
        output.Octets("auth_value", beacon.AsSpan(beacon.Length - AuthenticationSize));
        CompareReceived(key, beacon, output);
    }

    public static void Private(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        NetworkKey key = new(netKey);
        byte[] random = input.Octets("random", PrivateBeacon.RandomSize);
        byte[] beacon = new byte[PrivateBeacon.Length];
        byte[] data = new byte[PrivateBeacon.DataSize];
        byte[] privateBeaconKey = new byte[NetworkKey.Size];
        PrivateBeacon.Encode(key, (int)input.Number("flags", byte.MaxValue), input.IvIndex, random, beacon);
        PrivateBeacon.Decode(key, beacon, 0, random, data);
        KeyDerivation.PrivateBeaconKey(netKey, privateBeaconKey);

        output.Octets("beacon", beacon);
        output.Octets("private_beacon_key", privateBeaconKey);
        output.Octets("data", data);
        output.Octets("obfuscated_data", beacon.AsSpan(beacon.Length - AuthenticationSize - PrivateBeacon.DataSize, PrivateBeacon.DataSize));
        output.Octets("auth_tag", beacon.AsSpan(beacon.Length - AuthenticationSize));
        CompareReceived(key, beacon, output);
    }

    public static void Unprovisioned(VectorObject input, VectorComparison output)
    {
        byte[]? uriHash = null;

        if (input.OctetsOr("uri_data", []) is { Length: > 0 } uriData)
        {
            uriHash = UnprovisionedDeviceBeacon.UriHash(uriData);
            output.Octets("uri_hash_full", DerivationVectors.Salt(uriData));
            output.Octets("uri_hash", uriHash);
        }
        else if (input.OctetsOr("uri_hash", []) is { Length: > 0 })
        {
            uriHash = input.Octets("uri_hash", UnprovisionedDeviceBeacon.UriHashSize);
        }

        byte[] beacon = new byte[UnprovisionedDeviceBeacon.LengthWithUriHash];
        int length = UnprovisionedDeviceBeacon.Encode(
            input.Octets("device_uuid", UnprovisionedDeviceBeacon.UuidSize), input.Address("oob_information"), uriHash, beacon);
        output.Octets("beacon", beacon.AsSpan(0, length));
    }

    private static void CompareReceived(NetworkKey key, byte[] beacon, VectorComparison output)
    {
        BeaconVerdict verdict = new ReceivingNode([key], 0).ReceiveBeacon(beacon);
        output.Check(verdict == BeaconVerdict.Accepted, $"the firmware's beacon layer does not accept its own beacon: {verdict}");
    }
}
