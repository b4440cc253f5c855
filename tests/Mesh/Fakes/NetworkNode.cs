using MeshNode.Bearers;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Fakes
{
    /// <summary>
    /// A network layer with fakes on all sides, one primary subnet with the sample NetKey, the sample IV Index, elements 0x0001 and 0x0002, and
    /// Relay and Proxy off.
    /// </summary>
    internal sealed class NetworkNode
    {
        public const int LocalCapacity = 4;
        public const int RelayCapacity = 4;

        public readonly SubnetTable Subnets = new SubnetTable(4);
        public readonly IvIndex IvIndex = new IvIndex();
        public readonly SequenceNumber Sequence = new SequenceNumber(0);
        public readonly FakeAdvertisingBearer Bearer = new FakeAdvertisingBearer();
        public readonly FakeNetworkLayerClient Client = new FakeNetworkLayerClient();
        public readonly FakeNetworkProxy Proxy = new FakeNetworkProxy();
        public readonly AdvertisingTransmitter Transmitter;
        public readonly NetworkLayer Network;

        /// <summary>The primary subnet.</summary>
        public readonly Subnet Subnet;

        public NetworkNode()
        {
            Transmitter = new AdvertisingTransmitter(Bearer, LocalCapacity, RelayCapacity);
            Network = new NetworkLayer(Subnets, IvIndex, Sequence, Transmitter, Client, 64);
            Network.SetAddresses(0x0001, 2);
            IvIndex.Set(Peer.SampleIvIndex, false, 0);
            Subnet = Subnets.Add(Subnet.PrimaryNetKeyIndex, new NetworkKey(Hex.Decode(Peer.SampleNetKey)));
        }

        /// <summary>Receives a whole PDU.</summary>
        public NetworkVerdict Receive(byte[] pdu, int networkInterface)
        {
            return Network.Receive(pdu, 0, pdu.Length, networkInterface, 0);
        }

        /// <summary>Receives a whole PDU over the advertising bearer.</summary>
        public NetworkVerdict Receive(byte[] pdu)
        {
            return Receive(pdu, NetworkInterface.Advertising);
        }

        /// <summary>Receives a whole PDU, and checks verdict and counter.</summary>
        public void Expect(NetworkVerdict verdict, byte[] pdu, int networkInterface)
        {
            uint count = Network.Count(verdict);

            Assert.AreEqual((int)verdict, (int)Receive(pdu, networkInterface));
            Assert.AreEqual(count + 1, Network.Count(verdict));
        }

        /// <summary>Receives a whole PDU over the advertising bearer, and checks verdict and counter.</summary>
        public void Expect(NetworkVerdict verdict, byte[] pdu)
        {
            Expect(verdict, pdu, NetworkInterface.Advertising);
        }

        /// <summary>Receives a whole PDU that is accepted, and checks where else it goes, and the counters of that.</summary>
        public void ExpectSentOn(RelayVerdict relay, RelayVerdict proxy, byte[] pdu, int networkInterface)
        {
            uint relayCount = Network.RelayCount(relay);
            uint proxyCount = Network.ProxyCount(proxy);

            Expect(NetworkVerdict.Accepted, pdu, networkInterface);

            Assert.AreEqual((int)relay, (int)Network.Received.Relay);
            Assert.AreEqual((int)proxy, (int)Network.Received.Proxy);
            Assert.AreEqual(relayCount + 1, Network.RelayCount(relay));
            Assert.AreEqual(proxyCount + 1, Network.ProxyCount(proxy));
        }

        /// <summary>PDUs that have met with any verdict.</summary>
        public uint CountAll()
        {
            uint count = 0;

            for (NetworkVerdict verdict = NetworkVerdict.Accepted; verdict <= NetworkVerdict.ProxyDisabled; verdict++)
            {
                count += Network.Count(verdict);
            }

            return count;
        }
    }
}
