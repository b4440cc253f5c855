namespace MeshNode.Simulation;

/// <summary>What a cut of power leaves of the write or erasure that it hits.</summary>
public enum TearMode
{
    /// <summary>The first octets.</summary>
    Front,

    /// <summary>The last octets of the page that was being written or erased; the pages before it as a whole.</summary>
    Back,

    /// <summary>Any octets of the page; the pages before it as a whole.</summary>
    Scattered,

    /// <summary>The first octets, and of the octet after them some bits.</summary>
    Bits,
}
