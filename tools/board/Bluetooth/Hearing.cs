namespace MeshNode.Board.Bluetooth;

/// <summary>What a controller makes of an advert.</summary>
internal enum Hearing
{
    /// <summary>It does not listen.</summary>
    Blind,

    /// <summary>It has reported the advertiser already.</summary>
    Duplicate,

    /// <summary>It reports the advert.</summary>
    Reported,
}
