using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>A new AES-128 key: allocates, as it makes the object that holds the schedule.</summary>
    internal sealed class AesKeyExpansion : Operation
    {
        private readonly byte[] _key = new byte[16];

        public override string Name
        {
            get { return "AES key expansion"; }
        }

        public override void Run()
        {
            new Aes128(_key, 0);
        }
    }
}
