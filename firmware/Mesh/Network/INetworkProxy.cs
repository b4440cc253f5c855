namespace MeshNode.Network
{
    /// <summary>The proxy clients' network interfaces as the network layer sees them. See Mesh Protocol 1.1, section 6.</summary>
    public interface INetworkProxy
    {
        /// <summary>
        /// Finds out which clients take a PDU for a destination, for the <see cref="Forward"/> that may follow at once.
        /// </summary>
        /// <param name="except">The connection it came from, or any other <see cref="NetworkInterface"/>.</param>
        /// <returns><see cref="RelayVerdict.Relayed"/> when there is one, else the reason.</returns>
        RelayVerdict Match(int destination, int except);

        /// <summary>Queues a secured Network PDU for the clients that <see cref="Match"/> found.</summary>
        /// <param name="own">Whether this node is its source.</param>
        void Forward(byte[] pdu, int count, bool own);

        /// <summary>A valid Network PDU of a source came from a client.</summary>
        void OnClientSource(int connection, int source);
    }
}
