using System;

namespace MeshNode.Kit.Storage;

/// <summary>A database file cannot be used.</summary>
public sealed class StoreException : Exception
{
    public StoreException(StoreFailure failure, Exception? inner = null)
        : base(Text(failure), inner)
    {
        Failure = failure;
    }

    /// <summary>Why.</summary>
    public StoreFailure Failure { get; }

    private static string Text(StoreFailure failure)
    {
        return failure switch
        {
            StoreFailure.Missing => "There is no such database.",
            StoreFailure.Exists => "There is such a file already.",
            StoreFailure.Format => "The file is not a database of this kit.",
            StoreFailure.Passphrase => "The passphrase is wrong, or the file was changed.",
            StoreFailure.Locked => "Another process is changing the database.",
            StoreFailure.Changed => "Another process has changed the database since it was read.",
            _ => "The database cannot be read or written.",
        };
    }
}
