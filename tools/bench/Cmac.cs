using MeshNode.Crypto;

namespace MeshNode.Bench
{
    /// <summary>AES-CMAC of a message.</summary>
    internal sealed class Cmac : Operation
    {
        private readonly AesCmac _cmac = new AesCmac(new byte[16], 0);
        private readonly byte[] _message;
        private readonly byte[] _mac = new byte[16];

        public Cmac(int count)
        {
            _message = new byte[count];
        }

        public override string Name
        {
            get { return "CMAC " + _message.Length.ToString(); }
        }

        public override void Run()
        {
            _cmac.Compute(_message, 0, _message.Length, _mac);
        }
    }
}
