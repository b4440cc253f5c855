using System;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the cryptographic primitives.</summary>
internal static class PrimitiveVectors
{
    private const int LargestMic = 16;
    private const int CoordinateSize = 32;

    public static void Aes128Ecb(VectorObject input, VectorComparison output)
    {
        byte[] block = input.Octets("plaintext", Aes128.BlockSize);
        new Aes128(input.Octets("key", Aes128.KeySize), 0).Encrypt(block, block);
        output.Octets("ciphertext", block);
    }

    public static void AesCmacMac(VectorObject input, VectorComparison output)
    {
        output.Octets("mac", Cmac(input.Octets("key", Aes128.KeySize), input.Octets("message")));
    }

    public static void AesCcmSeal(VectorObject input, VectorComparison output)
    {
        byte[] nonce = input.Octets("nonce");
        byte[] aad = input.Octets("aad");
        byte[] plaintext = input.Octets("plaintext");
        int micSize = (int)input.Number("mic_size", LargestMic);

        if (nonce.Length != AesCcm.NonceSize)
        {
            throw new VectorSkippedException($"the firmware's nonces have {AesCcm.NonceSize} octets");
        }

        if (micSize is not (4 or 8))
        {
            throw new VectorSkippedException("the firmware's MICs have 4 or 8 octets");
        }

        if (plaintext.Length > AesCcm.MaxCount)
        {
            throw new VectorSkippedException($"the firmware's messages have up to {AesCcm.MaxCount} octets");
        }

        AesCcm ccm = new(input.Octets("key", Aes128.KeySize), 0);
        byte[] secured = new byte[plaintext.Length + micSize];
        byte[] opened = new byte[plaintext.Length];
        ccm.Encrypt(nonce, aad, aad.Length, plaintext, 0, plaintext.Length, secured, 0, micSize);
        output.Octets("ciphertext", secured.AsSpan(0, plaintext.Length));
        output.Octets("mic", secured.AsSpan(plaintext.Length));

        bool genuine = ccm.Decrypt(nonce, aad, aad.Length, secured, 0, plaintext.Length, opened, 0, micSize);
        output.Check(genuine && opened.AsSpan().SequenceEqual(plaintext), "the firmware does not decrypt what it has encrypted");
        secured[^1] ^= 1;
        bool forged = ccm.Decrypt(nonce, aad, aad.Length, secured, 0, plaintext.Length, opened, 0, micSize);
        output.Check(!forged, "the firmware takes a wrong MIC");
    }

    public static void Sha256Digest(VectorObject input, VectorComparison output)
    {
        byte[] message = input.Octets("message");
        byte[] digest = new byte[Sha256.DigestSize];
        Sha256 sha = new();
        sha.Update(message, 0, message.Length);
        sha.Finish(digest, 0);
        output.Octets("digest", digest);
    }

    public static void HmacSha256Mac(VectorObject input, VectorComparison output)
    {
        output.Octets("mac", Hmac(input.Octets("key"), input.Octets("message")));
    }

    public static void P256KeyPair(VectorObject input, VectorComparison output)
    {
        byte[] publicKey = new byte[P256.PublicKeySize];
        P256 p256 = new();
        p256.StartKeyPair(PrivateKey(input), 0);
        p256.Step(int.MaxValue);
        p256.GetPublicKey(publicKey, 0);
        output.Octets("public_x", publicKey.AsSpan(0, CoordinateSize));
        output.Octets("public_y", publicKey.AsSpan(CoordinateSize));
    }

    public static void P256Ecdh(VectorObject input, VectorComparison output)
    {
        byte[] secret = new byte[P256.SharedSecretSize];
        P256 p256 = new();

        if (p256.StartSharedSecret(PrivateKey(input), 0, Point(input, "peer_x", "peer_y"), 0))
        {
            p256.Step(int.MaxValue);
            p256.GetSharedSecret(secret, 0);
            output.Octets("shared_secret", secret);
        }
        else
        {
            output.Check(false, "the firmware refuses the peer's public key");
        }
    }

    public static void P256Point(VectorObject input, VectorComparison output)
    {
        output.Flag("valid", P256.IsValidPoint(Point(input, "x", "y"), 0));
    }

    public static byte[] Cmac(byte[] key, byte[] message)
    {
        byte[] mac = new byte[AesCmac.MacSize];
        new AesCmac(key, 0).Compute(message, 0, message.Length, mac);

        return mac;
    }

    public static byte[] NetworkId(NetworkKey key)
    {
        byte[] networkId = new byte[NetworkKey.NetworkIdSize];
        BigEndian.WriteUInt64(networkId, 0, key.NetworkId);

        return networkId;
    }

    public static byte[] Hmac(byte[] key, byte[] message)
    {
        byte[] mac = new byte[HmacSha256.MacSize];
        new HmacSha256(key, 0, key.Length).Compute(message, 0, message.Length, mac);

        return mac;
    }

    private static byte[] PrivateKey(VectorObject input)
    {
        byte[] key = input.Octets("private", P256.PrivateKeySize);

        return P256.IsValidPrivateKey(key, 0) ? key : throw new VectorFormatException($"{input.PathOf("private")} is not a private key");
    }

    private static byte[] Point(VectorObject input, string x, string y)
    {
        return [.. input.Octets(x, CoordinateSize), .. input.Octets(y, CoordinateSize)];
    }
}
