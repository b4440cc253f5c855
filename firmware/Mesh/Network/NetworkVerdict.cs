namespace MeshNode.Network
{
    /// <summary>What became of a received Network PDU, and the index of its counter in <see cref="NetworkLayer.Count"/>.</summary>
    /// <remarks>
    /// Ordered: when several keys with the same NID were tried, the largest value is reported, since the stages a PDU
    /// reaches under the right key come later here.
    /// </remarks>
    public enum NetworkVerdict : byte
    {
        /// <summary>Authenticated and handed on; <see cref="NetworkPdu.Relay"/> and <see cref="NetworkPdu.Proxy"/> tell where else it went.</summary>
        Accepted,

        /// <summary>Shorter than 14 octets, with CTL 1 than 18, or longer than 29.</summary>
        Length,

        /// <summary>No key has this NID.</summary>
        UnknownNid,

        /// <summary>The octets of a PDU that was authenticated a moment ago.</summary>
        Duplicate,

        /// <summary>IVI tells of an IV Index before 0.</summary>
        IvIndex,

        /// <summary>SRC is not a unicast address.</summary>
        SourceNotUnicast,

        /// <summary>No key with this NID gives the NetMIC.</summary>
        NetMic,

        /// <summary>SRC is an element of this node.</summary>
        OwnSource,

        /// <summary>SRC and SEQ are in the network message cache. The NetMIC was not looked at.</summary>
        Cached,

        /// <summary>Authenticated, but DST is the unassigned address.</summary>
        DestinationUnassigned,

        /// <summary>Authenticated, but nobody had room; it is accepted when it comes again.</summary>
        NoRoom,

        /// <summary>Authenticated, but it came from a proxy client, is not for this node, and the proxy is off. It may still come over the air.</summary>
        ProxyDisabled,
    }
}
