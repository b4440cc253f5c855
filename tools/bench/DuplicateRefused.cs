using System;
using MeshNode.Network;

namespace MeshNode.Bench
{
    /// <summary>A further copy of a PDU that was just received.</summary>
    internal sealed class DuplicateRefused : Operation
    {
        private readonly byte[] _pdu = new byte[NetworkLayerFixture.PduLength];
        private NetworkLayer _network;

        public override string Name
        {
            get { return "duplicate refused"; }
        }

        public override void Setup()
        {
            NetworkLayerFixture fixture = new NetworkLayerFixture();

            fixture.Prepare(NetworkLayerFixture.OtherAddress);
            fixture.Receive();
            Array.Copy(fixture.Pdus, 0, _pdu, 0, _pdu.Length);
            _network = fixture.Network;
        }

        public override void Run()
        {
            if (_network.Receive(_pdu, 0, NetworkLayerFixture.PduLength, NetworkInterface.Advertising, 0) != NetworkVerdict.Duplicate)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
