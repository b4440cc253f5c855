namespace MeshNode.Bearers
{
    /// <summary>What happens to the connection of a client; see <see cref="LinkQueue"/>.</summary>
    internal static class LinkEvent
    {
        /// <summary>A client has connected. Value: connection handle.</summary>
        public const int Connected = 1;

        /// <summary>The client is gone. Value: connection handle.</summary>
        public const int Disconnected = 2;

        /// <summary>The ATT_MTU is known. Value: octets.</summary>
        public const int Mtu = 3;

        /// <summary>The client has enabled notifications.</summary>
        public const int Subscribed = 4;

        /// <summary>The client has disabled notifications, or they ended with the connection.</summary>
        public const int Unsubscribed = 5;

        /// <summary>The client has written Data In.</summary>
        public const int Written = 6;
    }
}
