namespace MeshNode.Kit.Storage;

/// <summary>What it costs to try a passphrase with Argon2id. See RFC 9106.</summary>
/// <param name="Memory">KiB, 8192 to 1048576.</param>
/// <param name="Passes">1 to 16.</param>
public readonly record struct PassphraseCost(int Memory, int Passes)
{
    /// <summary>The second recommended option of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes.</summary>
    public static readonly PassphraseCost Default = new(65536, 3);

    /// <summary>The least that is accepted.</summary>
    public static readonly PassphraseCost Least = new(8192, 1);

    internal bool IsValid => Memory is >= 8192 and <= 1048576 && Passes is >= 1 and <= 16;
}
