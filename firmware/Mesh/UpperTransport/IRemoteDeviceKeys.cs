namespace MeshNode.UpperTransport
{
    /// <summary>The device keys of other nodes, which configuration clients have.</summary>
    public interface IRemoteDeviceKeys
    {
        /// <summary>The device key of the node that an element belongs to, or <see langword="null"/>.</summary>
        TransportKey Find(int address);
    }
}
