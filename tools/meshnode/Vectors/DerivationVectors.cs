using System;
using System.Text;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the key derivation functions. Intermediate values are computed with the firmware's primitives.</summary>
internal static class DerivationVectors
{
    private const int SaltSize = 16;
    private const int LongSaltSize = 32;
    private const int K2Size = 33;

    public static void S1(VectorObject input, VectorComparison output)
    {
        output.Octets("salt", Salt(input.Octets("m")));
    }

    public static void S2(VectorObject input, VectorComparison output)
    {
        byte[] m = input.Octets("m");
        byte[] salt = new byte[LongSaltSize];
        KeyDerivation.S2(m, 0, m.Length, salt);
        output.Octets("salt", salt);
    }

    public static void K1(VectorObject input, VectorComparison output)
    {
        byte[] n = input.Octets("n");
        byte[] salt = input.Octets("salt", SaltSize);
        byte[] p = input.Octets("p");
        byte[] result = new byte[SaltSize];
        KeyDerivation.K1(n, 0, n.Length, salt, p, 0, p.Length, result);
        output.Octets("k1", result);
        output.Octets("t", PrimitiveVectors.Cmac(salt, n));
    }

    public static void K2(VectorObject input, VectorComparison output)
    {
        byte[] n = input.Octets("n", NetworkKey.Size);
        byte[] p = input.Octets("p");
        CompareK2(n, p, output, "");
        byte[] salt = Salt("smk2"u8.ToArray());
        byte[] t = PrimitiveVectors.Cmac(salt, n);
        byte[] t1 = PrimitiveVectors.Cmac(t, [.. p, 0x01]);
        byte[] t2 = PrimitiveVectors.Cmac(t, [.. t1, .. p, 0x02]);
        output.Octets("salt", salt);
        output.Octets("t", t);
        output.Octets("t1", t1);
        output.Octets("t2", t2);
        output.Octets("t3", PrimitiveVectors.Cmac(t, [.. t2, .. p, 0x03]));
    }

    /// <summary>The firmware keeps P to itself: k2 of the P that the vector gives must be the credentials that the firmware derives.</summary>
    public static void K2FriendP(VectorObject input, VectorComparison output)
    {
        byte[] netKey = new byte[NetworkKey.Size];
        NetworkCredentials friendship = NetworkCredentials.Friendship(
            netKey,
            input.Address("lpn_address"),
            input.Address("friend_address"),
            input.Address("lpn_counter"),
            input.Address("friend_counter"));
        byte[] p =
        [
            0x01,
            .. Two(input.Address("lpn_address")),
            .. Two(input.Address("friend_address")),
            .. Two(input.Address("lpn_counter")),
            .. Two(input.Address("friend_counter")),
        ];
        output.Octets("p", p);
        output.Check(Probe(friendship) == Probe(new NetworkCredentials(netKey, p, p.Length)), "the firmware derives friendship credentials from another P");
    }

    public static void K3(VectorObject input, VectorComparison output)
    {
        byte[] n = input.Octets("n", NetworkKey.Size);
        byte[] result = new byte[NetworkKey.NetworkIdSize];
        KeyDerivation.K3(n, result);
        output.Octets("k3", result);
        Intermediate(output, n, "smk3", "id64");
    }

    public static void K4(VectorObject input, VectorComparison output)
    {
        byte[] n = input.Octets("n", NetworkKey.Size);
        output.Number("k4", KeyDerivation.K4(n));
        Intermediate(output, n, "smk4", "id6");
    }

    public static void K5(VectorObject input, VectorComparison output)
    {
        byte[] n = input.Octets("n");
        byte[] salt = input.Octets("salt", LongSaltSize);
        byte[] p = input.Octets("p");
        byte[] result = new byte[LongSaltSize];
        KeyDerivation.K5(n, 0, n.Length, salt, p, 0, p.Length, result);
        output.Octets("k5", result);
        output.Octets("t", PrimitiveVectors.Hmac(salt, n));
    }

    public static void NetKey(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        byte[] key = new byte[NetworkKey.Size];
        CompareK2(netKey, [0x00], output, "");
        CompareK2(netKey, [0x02], output, "directed_");
        output.Octets("network_id", PrimitiveVectors.NetworkId(new NetworkKey(netKey)));
        KeyDerivation.IdentityKey(netKey, key);
        output.Octets("identity_key", key);
        KeyDerivation.BeaconKey(netKey, key);
        output.Octets("beacon_key", key);
        KeyDerivation.PrivateBeaconKey(netKey, key);
        output.Octets("private_beacon_key", key);
    }

    public static void AppKey(VectorObject input, VectorComparison output)
    {
        output.Number("aid", KeyDerivation.Aid(input.Octets("app_key", NetworkKey.Size)));
    }

    public static void VirtualAddress(VectorObject input, VectorComparison output)
    {
        output.Number("address", KeyDerivation.VirtualAddress(input.Octets("label", UpperTransport.UpperTransportAccessPdu.LabelSize), 0));
    }

    public static void NonceOctets(VectorObject input, VectorComparison output)
    {
        byte[] nonce = new byte[Nonce.Size];
        string type = input.Text("type");
        uint sequence = input.Sequence;
        int source = input.Address("src");

        switch (type)
        {
            case "network":
                uint ctl = input.Flag("ctl") ? 0x80000000 : 0;
                uint ttl = (uint)input.Number("ttl", Network.NetworkPdu.MaxTtl);
                Nonce.Network(ctl | (ttl << 24) | sequence, source, input.IvIndex, nonce);
                break;

            case "application":
                Nonce.Application(input.Flag("aszmic"), sequence, source, input.Address("dst"), input.IvIndex, nonce);
                break;

            case "device":
                Nonce.Device(input.Flag("aszmic"), sequence, source, input.Address("dst"), input.IvIndex, nonce);
                break;

            case "proxy":
                Nonce.Proxy(sequence, source, input.IvIndex, nonce);
                break;

            case "solicitation":
                Nonce.ProxySolicitation(sequence, source, nonce);
                break;

            default:
                throw new VectorFormatException($"{input.PathOf("type")} is {type}, which is no nonce");
        }

        output.Octets("nonce", nonce);
    }

    /// <summary>Compares NID, EncryptionKey and PrivacyKey.</summary>
    public static void CompareK2(byte[] netKey, byte[] p, VectorComparison output, string prefix)
    {
        byte[] k2 = new byte[K2Size];
        KeyDerivation.K2(netKey, p, p.Length, k2);
        output.Number(prefix + "nid", k2[0]);
        output.Octets(prefix + "encryption_key", k2.AsSpan(1, NetworkKey.Size));
        output.Octets(prefix + "privacy_key", k2.AsSpan(1 + NetworkKey.Size, NetworkKey.Size));
    }

    public static byte[] Salt(byte[] m)
    {
        byte[] salt = new byte[SaltSize];
        KeyDerivation.S1(m, 0, m.Length, salt);

        return salt;
    }

    private static void Intermediate(VectorComparison output, byte[] n, string salt, string p)
    {
        byte[] s = Salt(Encoding.ASCII.GetBytes(salt));
        byte[] t = PrimitiveVectors.Cmac(s, n);
        output.Octets("salt", s);
        output.Octets("t", t);
        output.Octets("cmac", PrimitiveVectors.Cmac(t, [.. Encoding.ASCII.GetBytes(p), 0x01]));
    }

    private static string Probe(NetworkCredentials credentials)
    {
        byte[] clear = new byte[3];
        byte[] pdu = new byte[Network.NetworkPdu.MaxLength];
        credentials.Encrypt(0, 1, 0, Nonce.NetworkType, clear, 0, clear.Length, pdu, 0);

        return Convert.ToHexString(pdu);
    }

    private static byte[] Two(int number)
    {
        return [(byte)(number >> 8), (byte)number];
    }
}
