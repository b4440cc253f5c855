namespace MeshNode.Board.Files;

/// <summary>What changes the flash.</summary>
public enum FlashOperation
{
    /// <summary>A file comes into being, empty.</summary>
    Create,

    /// <summary>What was written to an open file replaces its content.</summary>
    Commit,

    /// <summary>A file or folder gets another name.</summary>
    Rename,

    /// <summary>A file or folder is deleted.</summary>
    Delete,

    /// <summary>A folder comes into being.</summary>
    CreateDirectory,
}
