using MeshNode.UpperTransport;

namespace MeshNode.Fakes
{
    /// <summary>The device key of one other node.</summary>
    internal sealed class FakeRemoteDeviceKeys : IRemoteDeviceKeys
    {
        private readonly int _address;
        private readonly TransportKey _key;

        public FakeRemoteDeviceKeys(int address, TransportKey key)
        {
            _address = address;
            _key = key;
        }

        public TransportKey Find(int address)
        {
            return address == _address ? _key : null;
        }
    }
}
