using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>One AES-128 block.</summary>
    internal sealed class AesBlock : Operation
    {
        private readonly Aes128 _aes = new Aes128(new byte[16], 0);
        private readonly byte[] _block = new byte[16];

        public override string Name
        {
            get { return "AES block"; }
        }

        public override void Run()
        {
            _aes.Encrypt(_block, _block);
        }
    }
}
