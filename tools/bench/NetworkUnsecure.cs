using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>The header and the payload of a 29-octet access Network PDU, as they arrive.</summary>
    internal sealed class NetworkUnsecure : Operation
    {
        private const uint IvIndex = 0x12345678;

        private readonly NetworkCredentials _credentials = NetworkCredentials.Flooding(new byte[16]);
        private readonly byte[] _pdu = new byte[29];
        private readonly byte[] _output = new byte[18];

        public override string Name
        {
            get { return "network unsecure 29"; }
        }

        public override void Setup()
        {
            _credentials.Encrypt(0x043129AB, 0x0003, IvIndex, Nonce.NetworkType, _output, 0, 18, _pdu, 0);
        }

        public override void Run()
        {
            _credentials.Deobfuscate(_pdu, 0, IvIndex);
            _credentials.Decrypt(_pdu, 0, 29, IvIndex, Nonce.NetworkType, _output, 0);
        }
    }
}
