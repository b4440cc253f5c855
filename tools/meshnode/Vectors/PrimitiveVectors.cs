using System;
using MeshNode.Crypto;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the cryptographic primitives.</summary>
internal static class PrimitiveVectors
{
    private const int LargestMic = 16;

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

    public static byte[] Cmac(byte[] key, byte[] message)
    {
        byte[] mac = new byte[AesCmac.MacSize];
        new AesCmac(key, 0).Compute(message, 0, message.Length, mac);

        return mac;
    }

    public static byte[] Hmac(byte[] key, byte[] message)
    {
        byte[] mac = new byte[HmacSha256.MacSize];
        new HmacSha256(key, 0, key.Length).Compute(message, 0, message.Length, mac);

        return mac;
    }
}
