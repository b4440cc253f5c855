namespace MeshNode.Proxy
{
    /// <summary>The SAR field of a Proxy PDU. See Mesh Protocol 1.1, section 6.3.1.</summary>
    public static class ProxySar
    {
        /// <summary>A complete message.</summary>
        public const int Complete = 0;

        /// <summary>The first segment of a message.</summary>
        public const int First = 1;

        /// <summary>A continuation segment.</summary>
        public const int Continuation = 2;

        /// <summary>The last segment.</summary>
        public const int Last = 3;
    }
}
