using MeshNode.Network;

namespace MeshNode
{
    /// <summary>What the stack up to the network layer tells the layers above it, beside PDUs.</summary>
    public interface IMeshStackClient
    {
        /// <summary>The device has become a node; it has its address and its first subnet.</summary>
        /// <param name="deviceKey">The device key, 16 octets. Zeroed after the call.</param>
        void OnProvisioned(byte[] deviceKey, long now);

        /// <summary>A subnet was added or its Key Refresh Phase has changed.</summary>
        void OnSubnetChanged(Subnet subnet, long now);

        /// <summary>A subnet was removed; its keys are zeroed.</summary>
        void OnSubnetRemoved(Subnet subnet, long now);

        /// <summary>The IV Index or its state has changed.</summary>
        /// <param name="transmitIndexChanged">Whether the IV Index used for transmitting is another one.</param>
        void OnIvIndexChanged(bool transmitIndexChanged, long now);
    }
}
