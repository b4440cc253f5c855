using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>AES-CCM of a message, decrypting and finding its 8-octet MIC right.</summary>
    internal sealed class CcmDecrypt : Operation
    {
        private readonly AesCcm _ccm = new AesCcm(new byte[16], 0);
        private readonly byte[] _nonce = new byte[13];
        private readonly byte[] _message;
        private readonly byte[] _output;
        private readonly int _count;

        public CcmDecrypt(int count)
        {
            _count = count;
            _message = new byte[count + 8];
            _output = new byte[count];
        }

        public override string Name
        {
            get { return "CCM decrypt " + _count.ToString(); }
        }

        public override void Setup()
        {
            _ccm.Encrypt(_nonce, null, 0, _message, 0, _count, _message, 0, 8);
        }

        public override void Run()
        {
            _ccm.Decrypt(_nonce, null, 0, _message, 0, _count, _output, 0, 8);
        }
    }
}
