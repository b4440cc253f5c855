using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace MeshNode.Kit.Storage;

/// <summary>A text that is encrypted with a passphrase: Argon2id makes the key, AES-256-GCM seals. The header is authenticated with it.</summary>
/// <remarks>
/// Argon2id costs an attacker memory as well as time; it is BouncyCastle's, since .NET has none and this is maintained, managed and without native parts. AES-GCM is
/// .NET's. The salt, and so the key, is new with each file, the nonce with each writing: 12 octets by chance, which do not meet in as many writings as a file lives through.
/// </remarks>
internal sealed class SealedFile : IDisposable
{
    private const int Lanes = 4;
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int MemoryOffset = 8;
    private const int PassesOffset = 12;
    private const int SaltOffset = 16;
    private const int NonceOffset = SaltOffset + SaltSize;
    private const int HeaderSize = NonceOffset + NonceSize;

    private readonly byte[] _key;
    private readonly byte[] _salt;
    private readonly PassphraseCost _cost;

    private SealedFile(byte[] key, byte[] salt, PassphraseCost cost)
    {
        _key = key;
        _salt = salt;
        _cost = cost;
    }

    private static ReadOnlySpan<byte> Magic => "MESHKIT1"u8;

    /// <summary>Makes a key for a new file.</summary>
    public static SealedFile Create(string passphrase, PassphraseCost cost)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);

        return new SealedFile(Derive(passphrase, salt, cost), salt, cost);
    }

    /// <summary>Opens what was sealed.</summary>
    /// <param name="text">What it holds.</param>
    /// <exception cref="StoreException">It cannot be.</exception>
    public static SealedFile Open(byte[] content, string passphrase, out string text)
    {
        if (content.Length < HeaderSize + TagSize || !content.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new StoreException(StoreFailure.Format);
        }

        PassphraseCost cost = new(
            BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(MemoryOffset)), BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(PassesOffset)));

        if (!cost.IsValid)
        {
            throw new StoreException(StoreFailure.Format);
        }

        byte[] salt = content[SaltOffset..NonceOffset];
        SealedFile file = new(Derive(passphrase, salt, cost), salt, cost);

        try
        {
            text = file.Decrypt(content);

            return file;
        }
        catch
        {
            file.Dispose();

            throw;
        }
    }

    /// <summary>Opens another version of the same file.</summary>
    public string Decrypt(byte[] content)
    {
        if (content.Length < HeaderSize + TagSize)
        {
            throw new StoreException(StoreFailure.Format);
        }

        byte[] clear = new byte[content.Length - HeaderSize - TagSize];

        try
        {
            using AesGcm gcm = new(_key, TagSize);
            gcm.Decrypt(
                content.AsSpan(NonceOffset, NonceSize),
                content.AsSpan(HeaderSize, clear.Length),
                content.AsSpan(HeaderSize + clear.Length),
                clear,
                content.AsSpan(0, HeaderSize));

            return Encoding.UTF8.GetString(clear);
        }
        catch (CryptographicException e)
        {
            throw new StoreException(StoreFailure.Passphrase, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Seals a text.</summary>
    public byte[] Encrypt(string text)
    {
        byte[] clear = Encoding.UTF8.GetBytes(text);
        byte[] content = new byte[HeaderSize + clear.Length + TagSize];
        Magic.CopyTo(content);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(MemoryOffset), _cost.Memory);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(PassesOffset), _cost.Passes);
        _salt.CopyTo(content, SaltOffset);
        RandomNumberGenerator.Fill(content.AsSpan(NonceOffset, NonceSize));
        using AesGcm gcm = new(_key, TagSize);
        gcm.Encrypt(
            content.AsSpan(NonceOffset, NonceSize),
            clear,
            content.AsSpan(HeaderSize, clear.Length),
            content.AsSpan(HeaderSize + clear.Length),
            content.AsSpan(0, HeaderSize));
        CryptographicOperations.ZeroMemory(clear);

        return content;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
    }

    private static byte[] Derive(string passphrase, byte[] salt, PassphraseCost cost)
    {
        byte[] octets = Encoding.UTF8.GetBytes(passphrase.Normalize());
        byte[] key = new byte[KeySize];
        Argon2BytesGenerator generator = new();
        generator.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(cost.Memory)
            .WithIterations(cost.Passes)
            .WithParallelism(Lanes)
            .WithSalt(salt)
            .Build());
        generator.GenerateBytes(octets, key);
        CryptographicOperations.ZeroMemory(octets);

        return key;
    }
}
