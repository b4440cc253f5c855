namespace MeshNode.Storage
{
    /// <summary>Kinds of entries in the journal of a node: what outlasts a loss of power. The numbers are those in flash.</summary>
    public enum StoredState : byte
    {
        /// <summary>Number of starts.</summary>
        BootCounter = 1,

        /// <summary>Failed authentications of provisioners.</summary>
        AttemptLimit = 2,

        /// <summary>Unicast address of the primary element, and device key.</summary>
        Identity = 3,

        /// <summary>A subnet with its keys; the index is the NetKey Index.</summary>
        NetKey = 4,

        /// <summary>An application key, old and new; the index is its place.</summary>
        AppKey = 5,

        /// <summary>IV Index, its state and its hours.</summary>
        IvIndex = 6,

        /// <summary>SEQ up to which none is used twice, and the IV Index that they belong to.</summary>
        Sequence = 7,

        /// <summary>What was accepted of a source; the index is its address.</summary>
        Replay = 8,

        /// <summary>Features, TTL and transmit states.</summary>
        Settings = 9,

        /// <summary>Heartbeat Publication.</summary>
        HeartbeatPublication = 10,

        /// <summary>Bindings and publication of a model; the index is <see cref="StateEntries.KeyOf"/>.</summary>
        Model = 11,

        /// <summary>What a model keeps of its own; the index is <see cref="StateEntries.KeyOf"/>.</summary>
        KeptState = 12,

        /// <summary>The first part of a model's subscription list; the following kinds are further parts. The index is <see cref="StateEntries.KeyOf"/>.</summary>
        Subscriptions = 16,
    }
}
