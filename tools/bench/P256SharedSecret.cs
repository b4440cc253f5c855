using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>The secret shared with a peer whose public key is checked, in slices of eight bits.</summary>
    internal sealed class P256SharedSecret : Operation
    {
        private readonly P256 _p256 = new P256();
        private readonly byte[] _privateKey = new byte[P256.PrivateKeySize];
        private readonly byte[] _peer = new byte[P256.PublicKeySize];
        private readonly byte[] _secret = new byte[P256.SharedSecretSize];

        public override string Name
        {
            get { return "P-256 shared secret"; }
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

            _p256.StartKeyPair(_privateKey, 0);
            _p256.Step(int.MaxValue);
            _p256.GetPublicKey(_peer, 0);
        }

        public override void Run()
        {
            _p256.StartSharedSecret(_privateKey, 0, _peer, 0);

            while (!_p256.Step(8))
            {
            }

            _p256.GetSharedSecret(_secret, 0);
        }
    }
}
