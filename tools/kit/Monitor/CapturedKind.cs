namespace MeshNode.Kit.Monitor;

/// <summary>Where something was captured.</summary>
public enum CapturedKind
{
    /// <summary>A non-connectable advert: an AD structure.</summary>
    Advert,

    /// <summary>A connectable advert: complete advertising data.</summary>
    Connectable,

    /// <summary>A value written to Data In.</summary>
    Written,

    /// <summary>A value notified by Data Out.</summary>
    Notified,
}
