namespace MeshNode.Bearers
{
    /// <summary>What a GATT bearer tells the stack. <c>now</c> is in milliseconds on the node's clock.</summary>
    public interface IGattBearerClient
    {
        /// <summary>A client has connected. Its ATT_MTU is 23 until <see cref="OnMtuChanged"/> says otherwise.</summary>
        void OnConnected(int connection, long now);

        /// <summary>The ATT_MTU of a connection was exchanged.</summary>
        /// <param name="mtu">23 to 517 octets.</param>
        void OnMtuChanged(int connection, int mtu, long now);

        /// <summary>The client wrote the Client Characteristic Configuration of Data Out.</summary>
        void OnSubscribed(int connection, bool enabled, long now);

        /// <summary>The client wrote Data In. The value belongs to the bearer; what is needed later is copied.</summary>
        void OnWritten(int connection, byte[] value, int offset, int count, long now);

        /// <summary>The bearer has room for notifications again.</summary>
        void OnNotified(int connection, long now);

        /// <summary>The connection is gone.</summary>
        void OnDisconnected(int connection, long now);
    }
}
