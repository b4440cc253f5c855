using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Fakes
{
    /// <summary>A beacon layer with fakes on all sides and a primary subnet with the sample NetKey, told of changes as the stack tells it.</summary>
    internal sealed class BeaconNode : ISubnetTableClient, IIvIndexClient
    {
        public const int LocalCapacity = 4;

        public readonly SubnetTable Subnets = new SubnetTable(4);
        public readonly IvIndex IvIndex = new IvIndex();
        public readonly FakeAdvertisingBearer Bearer = new FakeAdvertisingBearer();
        public readonly CountingRandom Random = new CountingRandom();
        public readonly AdvertisingTransmitter Transmitter;
        public readonly BeaconLayer Beacons;
        public readonly Subnet Subnet;

        /// <summary>Changes of subnets.</summary>
        public int SubnetChanges;

        /// <summary>Changes of the IV Index.</summary>
        public int IvIndexChanges;

        /// <summary>Those of them that changed the IV Index for transmitting.</summary>
        public int TransmitIndexChanges;

        public BeaconNode(uint ivIndex)
            : this(ivIndex, Subnet.PrimaryNetKeyIndex)
        {
        }

        public BeaconNode(uint ivIndex, int netKeyIndex)
        {
            Transmitter = new AdvertisingTransmitter(Bearer, LocalCapacity, 1);
            Beacons = new BeaconLayer(Subnets, IvIndex, Transmitter, Random);
            Random.Step = 0;
            IvIndex.Set(ivIndex, false, 0);
            Subnets.Client = this;
            IvIndex.Client = this;
            Subnet = Subnets.Add(netKeyIndex, new NetworkKey(Hex.Decode(Peer.SampleNetKey)));
        }

        public BeaconVerdict Receive(byte[] beacon, long now)
        {
            return Beacons.Receive(beacon, 0, beacon.Length, NetworkInterface.Advertising, now);
        }

        /// <summary>Receives a whole beacon, and checks verdict and counter.</summary>
        public void Expect(BeaconVerdict verdict, byte[] beacon, long now)
        {
            uint count = Beacons.Count(verdict);

            Assert.AreEqual((int)verdict, (int)Receive(beacon, now));
            Assert.AreEqual(count + 1, Beacons.Count(verdict));
        }

        /// <summary>Receives a beacon that is authenticated for the first time, and checks what it means for the IV Index.</summary>
        public void Expect(IvIndexVerdict verdict, byte[] beacon, long now)
        {
            Expect(BeaconVerdict.Accepted, beacon, now);
            Assert.AreEqual((int)verdict, (int)Beacons.LastIvIndexVerdict);
        }

        public void CheckIvIndex(uint current, bool updateInProgress)
        {
            Assert.AreEqual(current, IvIndex.Current);
            Assert.AreEqual(updateInProgress, IvIndex.UpdateInProgress);
        }

        public void OnSubnetChanged(Subnet subnet)
        {
            SubnetChanges++;
            Beacons.OnSubnetChanged(subnet);
        }

        public void OnSubnetRemoved(Subnet subnet)
        {
            SubnetChanges++;
            Beacons.OnSubnetRemoved(subnet);
        }

        public void OnIvIndexChanged(bool transmitIndexChanged, long now)
        {
            IvIndexChanges++;

            if (transmitIndexChanged)
            {
                TransmitIndexChanges++;
            }

            Beacons.OnIvIndexChanged();
        }
    }
}
