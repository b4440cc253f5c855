namespace MeshNode.Kit.Storage;

/// <summary>Why a database file cannot be used.</summary>
public enum StoreFailure
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>There is such a file already.</summary>
    Exists,

    /// <summary>It is not a database of this kit.</summary>
    Format,

    /// <summary>The passphrase is wrong, or the file was changed.</summary>
    Passphrase,

    /// <summary>Another process changes it.</summary>
    Locked,

    /// <summary>Another process has changed it since it was read.</summary>
    Changed,

    /// <summary>The file cannot be read or written.</summary>
    Storage,
}
