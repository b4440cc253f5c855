namespace MeshNode.Access
{
    /// <summary>Which key secures an access message: an AppKey Index, 0x000 to 0xFFF, or one of these.</summary>
    public static class AccessKey
    {
        /// <summary>Largest AppKey Index or NetKey Index.</summary>
        public const int MaxIndex = 0x0FFF;

        /// <summary>The device key of this node.</summary>
        public const int Device = -1;

        /// <summary>The device key of the node at the other end; configuration clients have those.</summary>
        public const int RemoteDevice = -2;
    }
}
