namespace MeshNode.UpperTransport
{
    /// <summary>What became of an Upper Transport PDU, and the index of its counter in <see cref="UpperTransportLayer.Count"/>.</summary>
    public enum UpperTransportVerdict : byte
    {
        /// <summary>An access payload whose TransMIC fits a key.</summary>
        Accepted,

        /// <summary>A control message that this node knows.</summary>
        Control,

        /// <summary>Shorter than a TransMIC and one octet, or a control message of the wrong length.</summary>
        Length,

        /// <summary>No key of the subnet has this AID, or the message asks for a device key that is not known.</summary>
        UnknownKey,

        /// <summary>The virtual address is that of no known label.</summary>
        UnknownLabel,

        /// <summary>No key with this AID gives the TransMIC.</summary>
        TransMic,

        /// <summary>A control message that this node does not know.</summary>
        UnknownOpcode,
    }
}
