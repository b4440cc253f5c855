using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>The public key of a private key, in one slice.</summary>
    internal sealed class P256KeyPair : Operation
    {
        private readonly P256 _p256 = new P256();
        private readonly byte[] _privateKey = new byte[P256.PrivateKeySize];
        private readonly byte[] _publicKey = new byte[P256.PublicKeySize];

        public override string Name
        {
            get { return "P-256 key pair"; }
        }

        public override bool IsLong
        {
            get { return true; }
        }

        public override void Setup()
        {
            for (int i = 0; i < P256.PrivateKeySize; i++)
            {
                _privateKey[i] = (byte)(7 * i + 3);
            }
        }

        public override void Run()
        {
            _p256.StartKeyPair(_privateKey, 0);
            _p256.Step(int.MaxValue);
            _p256.GetPublicKey(_publicKey, 0);
        }
    }
}
