using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>AES-CCM of a message, encrypting in place, with an 8-octet MIC.</summary>
    internal sealed class CcmEncrypt : Operation
    {
        private readonly AesCcm _ccm = new AesCcm(new byte[16], 0);
        private readonly byte[] _nonce = new byte[13];
        private readonly byte[] _message;
        private readonly int _count;

        public CcmEncrypt(int count)
        {
            _count = count;
            _message = new byte[count + 8];
        }

        public override string Name
        {
            get { return "CCM encrypt " + _count.ToString(); }
        }

        public override void Run()
        {
            _ccm.Encrypt(_nonce, null, 0, _message, 0, _count, _message, 0, 8);
        }
    }
}
