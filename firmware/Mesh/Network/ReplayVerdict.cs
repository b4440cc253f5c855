namespace MeshNode.Network
{
    /// <summary>Answer of <see cref="ReplayProtectionList.Check"/>.</summary>
    public enum ReplayVerdict : byte
    {
        /// <summary>Newer than anything accepted from this source.</summary>
        Fresh,

        /// <summary>Not newer: a replay, and to be dropped.</summary>
        Replayed,

        /// <summary>The source is not known and the list is full: the message is to be dropped.</summary>
        Full,
    }
}
