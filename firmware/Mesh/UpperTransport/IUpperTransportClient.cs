namespace MeshNode.UpperTransport
{
    /// <summary>The access layer as the upper transport layer sees it.</summary>
    public interface IUpperTransportClient
    {
        /// <summary>Whether a model listens to a group or virtual address.</summary>
        bool IsSubscribed(int destination);

        /// <summary>An access payload.</summary>
        /// <param name="pdu">What the layers below know of it.</param>
        /// <param name="payload">Holds the access payload from its first octet on; it is filled anew for the next one.</param>
        /// <param name="appKeyIndex">AppKey Index, or one of <see cref="Access.AccessKey"/>.</param>
        /// <param name="label">Place of the label when the destination is a virtual address, else <see cref="LabelTable.None"/>.</param>
        void OnAccessPayload(UpperTransportPdu pdu, byte[] payload, int count, int appKeyIndex, int label, long now);
    }
}
