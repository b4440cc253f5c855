namespace MeshNode.Board.Files;

/// <summary>What is to go wrong with an operation.</summary>
public enum FlashFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails with an exception and changes nothing.</summary>
    Failure,

    /// <summary>The power goes before it is done.</summary>
    PowerLostBefore,

    /// <summary>It is done, and then the power goes.</summary>
    PowerLostAfter,
}
