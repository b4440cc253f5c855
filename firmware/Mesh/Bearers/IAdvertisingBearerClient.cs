namespace MeshNode.Bearers
{
    /// <summary>What an advertising bearer tells the stack.</summary>
    public interface IAdvertisingBearerClient
    {
        /// <summary>An AD structure was received. The payload belongs to the bearer; what is needed later is copied.</summary>
        /// <param name="type">Type of the AD structure, see <see cref="AdvertisingData"/>.</param>
        /// <param name="now">Milliseconds on the node's clock.</param>
        void OnReceived(int type, byte[] payload, int offset, int count, long now);

        /// <summary>The last transmission of a payload has left the antenna, and the bearer has room again.</summary>
        /// <param name="tag">The value given to <see cref="IAdvertisingBearer.Send"/>.</param>
        /// <param name="now">Milliseconds on the node's clock.</param>
        void OnSent(int tag, long now);
    }
}
