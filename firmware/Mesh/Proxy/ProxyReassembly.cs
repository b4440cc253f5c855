namespace MeshNode.Proxy
{
    /// <summary>What became of one attribute value given to <see cref="ProxyReassembler"/>.</summary>
    public enum ProxyReassembly : byte
    {
        /// <summary>More segments are to come.</summary>
        Incomplete,

        /// <summary>The message is whole.</summary>
        Complete,

        /// <summary>Its message type is not of this specification: the value is ignored.</summary>
        UnknownType,

        /// <summary>The client broke the protocol; the connection is to be closed.</summary>
        Violation,
    }
}
