namespace System.IO
{
    /// <summary>What others may do.</summary>
    [Flags]
    internal enum FileShare
    {
        None = 0,
        Read = 1,
        Write = 2,
        ReadWrite = 3,
    }
}
