namespace MeshNode.Bearers
{
    /// <summary>
    /// Types of the AD structures that a mesh node sends and receives. See Assigned Numbers, section 2.3, and Mesh
    /// Protocol 1.1, section 3.3.1.
    /// </summary>
    public static class AdvertisingData
    {
        /// <summary>Flags.</summary>
        public const int Flags = 0x01;

        /// <summary>Complete list of 16-bit service UUIDs.</summary>
        public const int CompleteServiceUuids16 = 0x03;

        /// <summary>Service data of a 16-bit service UUID.</summary>
        public const int ServiceData16 = 0x16;

        /// <summary>URI.</summary>
        public const int Uri = 0x24;

        /// <summary>PB-ADV.</summary>
        public const int PbAdv = 0x29;

        /// <summary>Mesh Message: one Network PDU.</summary>
        public const int MeshMessage = 0x2A;

        /// <summary>Mesh Beacon.</summary>
        public const int MeshBeacon = 0x2B;

        /// <summary>Longest payload of the one AD structure that a legacy advertising PDU of 31 octets has room for.</summary>
        public const int MaxPayload = 29;

        /// <summary>Length of a legacy advertising PDU's data.</summary>
        public const int MaxLength = 31;
    }
}
