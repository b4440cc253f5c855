namespace MeshNode.Beacons
{
    /// <summary>The Flags field of Secure Network and Mesh Private beacons; other bits are ignored. See Mesh Protocol 1.1, section 3.10.3.</summary>
    public static class BeaconFlags
    {
        /// <summary>Key Refresh Flag: the subnet is in Key Refresh Phase 2.</summary>
        public const int KeyRefresh = 0x01;

        /// <summary>IV Update Flag: the IV Update procedure is in progress.</summary>
        public const int IvUpdate = 0x02;
    }
}
