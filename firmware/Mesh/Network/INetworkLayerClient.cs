namespace MeshNode.Network
{
    /// <summary>The lower transport layer as the network layer sees it.</summary>
    public interface INetworkLayerClient
    {
        /// <summary>Whether an element of this node subscribes to a group or virtual address. It is not asked for fixed groups that this node belongs to anyway.</summary>
        bool IsSubscribed(int destination);

        /// <summary>An authenticated Network PDU for this node. Its object is filled anew for the next one.</summary>
        /// <returns><see langword="false"/> when there was no room: the PDU is then accepted once more when it is repeated.</returns>
        bool OnNetworkPdu(NetworkPdu pdu, long now);

        /// <summary>A PDU that was sent with a tag has left over the advertising bearer; timers of the transport layer count from here.</summary>
        void OnSent(int tag, long now);
    }
}
