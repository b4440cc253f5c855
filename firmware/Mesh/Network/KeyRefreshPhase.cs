namespace MeshNode.Network
{
    /// <summary>The Key Refresh Phase of a subnet. See Mesh Protocol 1.1, sections 3.11.4 and 4.2.</summary>
    public enum KeyRefreshPhase : byte
    {
        /// <summary>Normal operation: there is one key.</summary>
        Normal = 0x00,

        /// <summary>The new key was distributed: it is received, the old one is still used for transmitting.</summary>
        First = 0x01,

        /// <summary>The new key is used for transmitting, the old one is still received.</summary>
        Second = 0x02,
    }
}
