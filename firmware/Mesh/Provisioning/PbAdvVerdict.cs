namespace MeshNode.Provisioning
{
    /// <summary>What became of a PB-ADV PDU.</summary>
    public enum PbAdvVerdict : byte
    {
        /// <summary>It was understood.</summary>
        Accepted,

        /// <summary>It is one of several segments.</summary>
        Incomplete,

        /// <summary>It was understood before, and is acknowledged again.</summary>
        Repeated,

        /// <summary>Length or fields are wrong.</summary>
        Format,

        /// <summary>It is for another device or of another link.</summary>
        OtherLink,

        /// <summary>A link cannot be opened now.</summary>
        Busy,

        /// <summary>It is of another transaction, or of a role that is not the device's.</summary>
        Transaction,

        /// <summary>The segment does not fit the others, or the frame check sequence is wrong.</summary>
        Segment,
    }
}
