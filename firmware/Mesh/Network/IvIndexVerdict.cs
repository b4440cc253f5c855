namespace MeshNode.Network
{
    /// <summary>What an authenticated beacon means for the IV Index of this node. See Mesh Protocol 1.1, sections 3.11.5 and 3.11.6.</summary>
    public enum IvIndexVerdict : byte
    {
        /// <summary>The beacon tells what is known already.</summary>
        Unchanged,

        /// <summary>Normal Operation ends: the IV Update procedure is in progress with the next IV Index.</summary>
        StartUpdate,

        /// <summary>The IV Update procedure is complete: Normal Operation with the same IV Index.</summary>
        CompleteUpdate,

        /// <summary>IV Index Recovery: IV Index and state are taken from the beacon.</summary>
        Recover,

        /// <summary>Refused: a beacon of another subnet, while this node belongs to the primary subnet.</summary>
        NotPrimary,

        /// <summary>Refused: lower than the IV Index of this node.</summary>
        Lower,

        /// <summary>Refused: more than 42 above the IV Index of this node.</summary>
        TooHigh,

        /// <summary>Refused: an IV Update that this node has completed already; a recorded beacon.</summary>
        Stale,

        /// <summary>Refused: less than 96 hours after the last change.</summary>
        TooEarly,

        /// <summary>Refused: less than 192 hours after the last IV Index Recovery.</summary>
        RecoveryTooEarly,

        /// <summary>The update would be complete, but a segmented message waits for its acknowledgment; done when it has ended.</summary>
        Deferred,
    }
}
