using System;
using MeshNode.Network;

namespace MeshNode.Bench
{
    /// <summary>A PDU of a network that this node does not belong to.</summary>
    internal sealed class ForeignNidRefused : Operation
    {
        private readonly byte[] _pdu = new byte[NetworkLayerFixture.PduLength];
        private NetworkLayer _network;

        public override string Name
        {
            get { return "foreign NID refused"; }
        }

        public override void Setup()
        {
            NetworkLayerFixture fixture = new NetworkLayerFixture();

            fixture.Prepare(NetworkLayerFixture.OtherAddress);
            _pdu[0] = (byte)(fixture.Pdus[0] ^ 1);
            _network = fixture.Network;
        }

        public override void Run()
        {
            if (_network.Receive(_pdu, 0, NetworkLayerFixture.PduLength, NetworkInterface.Advertising, 0) != NetworkVerdict.UnknownNid)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
