namespace MeshNode.Provisioning
{
    /// <summary>What became of a value that a provisioner has written.</summary>
    public enum PbGattVerdict : byte
    {
        /// <summary>It has completed a Provisioning PDU.</summary>
        Accepted,

        /// <summary>More segments are to come.</summary>
        Incomplete,

        /// <summary>It is no segment of a Provisioning PDU that fits; the client is disconnected.</summary>
        Violation,

        /// <summary>The connection is not one that is served.</summary>
        NotConnected,
    }
}
