using MeshNode.UpperTransport;

namespace MeshNode.LowerTransport
{
    /// <summary>The upper transport layer as the lower transport layer sees it.</summary>
    public interface ILowerTransportClient
    {
        /// <summary>Whether an element of this node listens to a group or virtual address. It is not asked for fixed groups that this node belongs to anyway.</summary>
        bool IsSubscribed(int destination);

        /// <summary>A whole Upper Transport PDU: authenticates it, and keeps what <see cref="Deliver"/> needs. Changes nothing else.</summary>
        /// <param name="pdu">Filled anew for the next one.</param>
        /// <returns><see langword="false"/> when it is refused.</returns>
        bool Authenticate(UpperTransportPdu pdu);

        /// <summary>The PDU that was just authenticated is committed to the replay protection list: acts on it.</summary>
        void Deliver(UpperTransportPdu pdu, long now);
    }
}
