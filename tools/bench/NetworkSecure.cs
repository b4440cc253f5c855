using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>A 29-octet access Network PDU, as it is sent.</summary>
    internal sealed class NetworkSecure : Operation
    {
        private const uint IvIndex = 0x12345678;

        private readonly NetworkCredentials _credentials = NetworkCredentials.Flooding(new byte[16]);
        private readonly byte[] _pdu = new byte[29];
        private readonly byte[] _clear = new byte[18];

        public override string Name
        {
            get { return "network secure 29"; }
        }

        public override void Run()
        {
            _credentials.Encrypt(0x043129AB, 0x0003, IvIndex, Nonce.NetworkType, _clear, 0, 18, _pdu, 0);
        }
    }
}
