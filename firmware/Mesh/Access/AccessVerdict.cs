namespace MeshNode.Access
{
    /// <summary>What became of an access message, and the index of its counter in <see cref="AccessLayer.Count"/>.</summary>
    public enum AccessVerdict : byte
    {
        /// <summary>A model has processed it.</summary>
        Accepted,

        /// <summary>It does not begin with an opcode.</summary>
        Opcode,

        /// <summary>No model at its destination knows the opcode.</summary>
        UnknownOpcode,

        /// <summary>A model at its destination might know the opcode, but is not bound to the key.</summary>
        NotBound,

        /// <summary>No model listens to its destination.</summary>
        NotSubscribed,

        /// <summary>The parameters have a length that the message cannot have.</summary>
        Length,

        /// <summary>A parameter has a prohibited value.</summary>
        Prohibited,
    }
}
