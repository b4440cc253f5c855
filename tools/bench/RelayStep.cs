using System;
using MeshNode.Network;

namespace MeshNode.Bench
{
    /// <summary>A 29-octet access PDU for another node: octets received to octets handed to the bearer.</summary>
    internal sealed class RelayStep : Operation
    {
        private readonly NetworkLayerFixture _fixture = new NetworkLayerFixture();

        public override string Name
        {
            get { return "relay step 29"; }
        }

        public override void Setup()
        {
            _fixture.Prepare(NetworkLayerFixture.OtherAddress);
        }

        public override void Run()
        {
            if (_fixture.Receive() != NetworkVerdict.Accepted)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
