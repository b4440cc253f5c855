namespace MeshNode.Proxy
{
    /// <summary>What became of an attribute value that a proxy client wrote, and the index of its counter in <see cref="ProxyServer.Count"/>.</summary>
    public enum ProxyVerdict : byte
    {
        /// <summary>A valid message; Network PDUs and beacons have a verdict of their own layer.</summary>
        Accepted,

        /// <summary>A segment; more are to come.</summary>
        Incomplete,

        /// <summary>No such connection, or one that is being closed.</summary>
        NotConnected,

        /// <summary>SAR rules or length broken: the connection is closed.</summary>
        SarViolation,

        /// <summary>Not a message type of this specification, or a Provisioning PDU.</summary>
        UnknownType,

        /// <summary>More messages than the rate limit allows; this one is dropped.</summary>
        RateLimited,

        /// <summary>A Network PDU that the network layer refused; see its verdict.</summary>
        NetworkPdu,

        /// <summary>A beacon that the beacon layer refused; see its verdict.</summary>
        Beacon,

        /// <summary>A proxy configuration message that is not genuine, or not from a unicast address that is another's.</summary>
        NotAuthenticated,

        /// <summary>A proxy configuration message with CTL 0, a TTL other than 0, or a DST other than the unassigned address.</summary>
        Header,

        /// <summary>A proxy configuration message that is not newer than the last from its source.</summary>
        Replayed,

        /// <summary>A proxy configuration message from a source for which the replay protection list has no place.</summary>
        ReplayListFull,

        /// <summary>A proxy configuration message that this server does not support; ignored.</summary>
        Opcode,

        /// <summary>A proxy configuration message with parameters of a wrong length or value.</summary>
        Parameters,

        /// <summary>The message was refused because the node has no room; it is accepted when it comes again.</summary>
        NoRoom,
    }
}
