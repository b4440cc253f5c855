namespace MeshNode.Network
{
    /// <summary>
    /// The network interfaces of a node. See Mesh Protocol 1.1, section 3.4.5. Values from 0 on are GATT connections, each
    /// of which is an interface of its own.
    /// </summary>
    public static class NetworkInterface
    {
        /// <summary>The interface connected to the advertising bearer.</summary>
        public const int Advertising = -1;

        /// <summary>The local interface, which connects the node to itself.</summary>
        public const int Local = -2;
    }
}
