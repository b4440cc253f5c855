namespace MeshNode.Network
{
    /// <summary>Is told when the IV Index or the state of the IV Update procedure has changed.</summary>
    public interface IIvIndexClient
    {
        /// <summary>The IV Index or its state has changed.</summary>
        /// <param name="transmitIndexChanged">The IV Index used for transmitting is another one: SEQ starts from 0 again.</param>
        void OnIvIndexChanged(bool transmitIndexChanged, long now);
    }
}
