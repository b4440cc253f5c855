namespace System.IO
{
    /// <summary>What is done with a file.</summary>
    [Flags]
    internal enum FileAccess
    {
        Read = 1,
        Write = 2,
        ReadWrite = 3,
    }
}
