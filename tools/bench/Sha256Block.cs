using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>SHA-256 of a message that takes one block.</summary>
    internal sealed class Sha256Block : Operation
    {
        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _message = new byte[32];
        private readonly byte[] _digest = new byte[32];

        public override string Name
        {
            get { return "SHA-256 block"; }
        }

        public override void Run()
        {
            _sha.Update(_message, 0, 32);
            _sha.Finish(_digest, 0);
        }
    }
}
