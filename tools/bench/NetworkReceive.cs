using System;
using MeshNode.Network;

namespace MeshNode.Bench
{
    /// <summary>A 29-octet access PDU for this node: octets received to the TransportPDU handed to the lower transport layer.</summary>
    internal sealed class NetworkReceive : Operation
    {
        private readonly NetworkLayerFixture _fixture = new NetworkLayerFixture();

        public override string Name
        {
            get { return "network receive 29"; }
        }

        public override void Setup()
        {
            _fixture.Prepare(NetworkLayerFixture.OwnAddress);
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
