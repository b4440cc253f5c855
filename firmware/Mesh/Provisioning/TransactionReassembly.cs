namespace MeshNode.Provisioning
{
    /// <summary>What became of a segment given to <see cref="TransactionReassembler"/>.</summary>
    public enum TransactionReassembly : byte
    {
        /// <summary>More segments are to come.</summary>
        Incomplete,

        /// <summary>The Provisioning PDU is whole.</summary>
        Complete,

        /// <summary>The segment does not fit; it is ignored.</summary>
        Ignored,

        /// <summary>The frame check sequence is wrong; everything is to be sent again.</summary>
        Damaged,
    }
}
