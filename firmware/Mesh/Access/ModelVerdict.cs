namespace MeshNode.Access
{
    /// <summary>What a model says to a message.</summary>
    public enum ModelVerdict : byte
    {
        /// <summary>It has no such message.</summary>
        UnknownOpcode,

        /// <summary>It was processed, if only to learn that it changes nothing.</summary>
        Accepted,

        /// <summary>The parameters have a length that the message cannot have: it is ignored.</summary>
        Length,

        /// <summary>A parameter has a prohibited value: it is ignored.</summary>
        Prohibited,
    }
}
