namespace MeshNode.Storage
{
    /// <summary>Answer of a <see cref="Journal"/>.</summary>
    public enum JournalVerdict : byte
    {
        /// <summary>Both areas are erased: there has never been a journal.</summary>
        Empty,

        /// <summary>The owner has been given the entries, but for damaged records; see <see cref="Journal.Damaged"/>.</summary>
        Loaded,

        /// <summary>Something is there, but no area with a complete state: garbage, or the first state was cut off. The owner was given nothing.</summary>
        Unusable,

        /// <summary>The state has a newer format version than the owner's. The owner was given nothing. Writing replaces it.</summary>
        UnknownVersion,

        /// <summary>The medium could not be read. What the owner was given is not to be used, nor is anything to be written before another try.</summary>
        ReadFailed,

        /// <summary>What was added is on the medium for good.</summary>
        Written,

        /// <summary>The medium failed, twice. What was added may be on it or not. The next write is that of the whole state.</summary>
        WriteFailed,

        /// <summary>The whole state does not fit into an area. What was added is forgotten.</summary>
        Full,
    }
}
