namespace MeshNode.Network
{
    /// <summary>
    /// Whether an accepted Network PDU was sent on over one kind of bearer, and if not, why. See Mesh Protocol 1.1,
    /// section 3.4.6.3.
    /// </summary>
    public enum RelayVerdict : byte
    {
        /// <summary>Queued for that bearer.</summary>
        Relayed,

        /// <summary>DST is a unicast address of this node.</summary>
        OwnDestination,

        /// <summary>TTL is 0 or 1.</summary>
        Ttl,

        /// <summary>The Relay or Proxy state is off or does not apply, or the message itself has ended the subnet.</summary>
        Disabled,

        /// <summary>No proxy client is connected that could take it.</summary>
        NoClient,

        /// <summary>The filters of all connected proxy clients refuse DST.</summary>
        Filtered,

        /// <summary>The queue was full.</summary>
        NoRoom,
    }
}
