namespace MeshNode.Network
{
    /// <summary>What became of a message that this node sends.</summary>
    public enum SendVerdict : byte
    {
        /// <summary>Queued.</summary>
        Sent,

        /// <summary>A queue is full. The SEQ was not used for anything.</summary>
        NoRoom,

        /// <summary>TTL 1, which no bearer carries, and nobody on this node listens to the destination.</summary>
        Ttl,

        /// <summary>The subnet was removed: its keys are zeroes.</summary>
        NoSubnet,

        /// <summary>All SEQ are used: the node is silent until the IV Index has moved on.</summary>
        NoSequence,

        /// <summary>The key is not known.</summary>
        NoKey,

        /// <summary>TransportPDU too long or empty, TTL out of range, or DST unassigned.</summary>
        Invalid,
    }
}
