namespace MeshNode.Beacons
{
    /// <summary>Beacon types. See Mesh Protocol 1.1, section 3.10.1.</summary>
    public static class BeaconType
    {
        /// <summary>Unprovisioned Device beacon.</summary>
        public const int UnprovisionedDevice = 0x00;

        /// <summary>Secure Network beacon.</summary>
        public const int SecureNetwork = 0x01;

        /// <summary>Mesh Private beacon.</summary>
        public const int Private = 0x02;
    }
}
