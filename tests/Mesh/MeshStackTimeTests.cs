using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>From the unprovisioned device to the node, and what happens when.</summary>
    [TestClass]
    public class MeshStackTimeTests
    {
        private const string Uuid = "70cf7c9732a345b691494810d2e9cbf4";
        private const string ProvisioningAdvert = "020106030327181516271870cf7c9732a345b691494810d2e9cbf42040";
        private const string NetworkIdAdvert = "020106030328180c162818003ecaff672f673370";
        private const string OtherKey = "d1aafb2a1a3c281cbdb0e960edfad852";
        private const long Hour = IvIndex.Hour;

        [TestMethod]
        public void StartUnprovisioned_KeepsTheProvisioningAdvertWhileTimePasses()
        {
            FakeAdvertisingBearer radio = new FakeAdvertisingBearer();
            MeshStack stack = Unprovisioned(radio);

            Assert.AreEqual(long.MaxValue, stack.Tick(0));
            stack.StartUnprovisioned(Hex.Decode(Uuid), 0x4020, null, 1000);

            for (int i = 0; i < 5; i++)
            {
                long now = 1000 + (i * UnprovisionedDevice.BeaconInterval);
                Assert.AreEqual(now + UnprovisionedDevice.BeaconInterval, stack.Tick(now));
                Assert.AreEqual(ProvisioningAdvert, radio.ConnectableText);
                Assert.AreEqual(i + 1, radio.CountOf(AdvertisingData.MeshBeacon));
            }

            stack.OnConnected(0, 22000);
            stack.OnDisconnected(0, 23000);
            stack.Tick(23000);
            Assert.AreEqual(ProvisioningAdvert, radio.ConnectableText);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Join_ReplacesTheProvisioningAdvert(bool proxy)
        {
            FakeAdvertisingBearer radio = new FakeAdvertisingBearer();
            MeshStack stack = Unprovisioned(radio);
            stack.StartUnprovisioned(Hex.Decode(Uuid), 0x4020, null, 0);
            stack.Tick(0);

            Join(stack, 7, false, 2000);
            stack.SetProxyEnabled(proxy, 2000);
            long next = stack.Tick(2000);

            Assert.AreEqual(proxy ? NetworkIdAdvert : "", radio.ConnectableText);
            Assert.AreEqual(long.MaxValue, next);
            stack.Tick(600000);
            Assert.AreEqual(1, radio.Count);
        }

        [TestMethod]
        public void Join_SetsAddressIvIndexSequenceNumberAndSubnet()
        {
            MeshStack stack = Unprovisioned(new FakeAdvertisingBearer());
            Take(stack, 3);

            Join(stack, 7, true, 0);

            Assert.AreEqual(0x0100, stack.Network.PrimaryAddress);
            Assert.AreEqual(7u, stack.IvIndex.Current);
            Assert.IsTrue(stack.IvIndex.UpdateInProgress);
            Assert.AreEqual(6u, stack.IvIndex.TransmitIndex);
            Assert.AreEqual(0u, stack.Sequence.Next);
            Assert.AreEqual(1, stack.Subnets.Count);
            Assert.IsNotNull(stack.Subnets.Find(0));
            Assert.IsFalse(stack.Network.ProxyEnabled);
            Assert.IsFalse(stack.Network.RelayEnabled);
        }

        [TestMethod]
        public void Join_DuringAnIvUpdateStaysInIt()
        {
            MeshStack stack = Unprovisioned(new FakeAdvertisingBearer());
            Join(stack, 7, true, 1000);
            Take(stack, 3);

            Assert.AreEqual(1000 + (96 * Hour), stack.Tick(1000));
            stack.Tick(1000 + (96 * Hour) - 1);
            Assert.IsTrue(stack.IvIndex.UpdateInProgress);
            Assert.AreEqual(3u, stack.Sequence.Next);

            stack.Tick(1000 + (96 * Hour));
            Assert.IsFalse(stack.IvIndex.UpdateInProgress);
            Assert.AreEqual(0u, stack.Sequence.Next);
        }

        [TestMethod]
        public void Subnets_AreAnnouncedAndForgotten()
        {
            ProxyNode node = new ProxyNode();
            Peer second = new Peer(OtherKey, node.Peer.IvIndex);
            node.Stack.Beacons.Enabled = true;
            node.Tick(0);
            node.Stack.Subnets.Add(3, new NetworkKey(Hex.Decode(OtherKey)));
            node.Tick(1);
            Assert.AreEqual(2, node.Radio.Count);

            node.Stack.Subnets.Remove(node.Stack.Subnets.Find(3));
            node.Hear(AdvertisingData.MeshMessage, second.Access(5, 1, 0x0007, ProxyNode.PrimaryAddress));
            Assert.AreEqual((int)NetworkVerdict.UnknownNid, (int)node.Stack.LastNetworkVerdict);
            node.Tick(30000);
            Assert.AreEqual(3, node.Radio.Count);
            Assert.AreEqual(NetworkIdAdvert, node.Radio.ConnectableText);
        }

        // An hour, by jumping from deadline to deadline.
        [TestMethod]
        public void Tick_IsCalledOftenEnoughWhenItIsCalledAtItsDeadlines()
        {
            ProxyNode node = new ProxyNode();
            long[] sentAt = { -11000, -11000 };
            int[] sent = new int[2];
            int adverts = 0;
            node.Stack.Subnets.Add(3, new NetworkKey(Hex.Decode(OtherKey)));
            node.Stack.Beacons.Enabled = true;
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 0);
            byte first = (byte)(node.Subnet.Key.NetworkId >> 56);
            long now = 0;

            while (now < Hour)
            {
                int beacons = node.Radio.Count;
                long next = node.Tick(now);
                Assert.IsTrue(next > now);

                for (; beacons < node.Radio.Count; beacons++)
                {
                    int subnet = node.Radio.Payload(beacons)[2] == first ? 0 : 1;
                    long since = now - sentAt[subnet];
                    Assert.IsTrue(since >= BeaconLayer.MinInterval && since <= BeaconLayer.MinInterval + 1020);
                    sentAt[subnet] = now;
                    sent[subnet]++;
                }

                if (node.Radio.ConnectableCalls != adverts)
                {
                    Assert.AreEqual(adverts * 10000L, now);
                    bool identity = adverts % 2 == 0 && now < ProxyAdvertiser.NodeIdentityTime;
                    Assert.AreEqual(identity ? ProxyServiceData.NodeIdentity : ProxyServiceData.NetworkId, (int)node.Radio.Connectable[11]);
                    Assert.AreEqual(++adverts, node.Radio.ConnectableCalls);
                }

                // Once more brings nothing.
                Assert.AreEqual(next, node.Tick(now));
                Assert.AreEqual(beacons, node.Radio.Count);
                now = next;
            }

            Assert.AreEqual(360, adverts);
            Assert.IsTrue(sent[0] > 326 && sent[0] <= 360);
            Assert.IsTrue(sent[1] > 326 && sent[1] <= 360);
        }

        [TestMethod]
        public void Tick_MeetsTheTimeOutsOfClients()
        {
            ProxyNode node = new ProxyNode();
            node.Now = 123;
            node.Open(0);
            node.Open(1);
            node.Write(ProxyVerdict.Incomplete, 1, "4001");

            TickUntilDisconnects(node, 1);
            Assert.AreEqual(20123L, node.Now);
            Assert.AreEqual(1, node.Gatt.LastDisconnected);

            TickUntilDisconnects(node, 2);
            Assert.AreEqual(30123L, node.Now);
            Assert.AreEqual(0, node.Gatt.LastDisconnected);
        }

        private static void TickUntilDisconnects(ProxyNode node, int disconnects)
        {
            long next = node.Now;

            while (node.Gatt.Disconnects < disconnects)
            {
                long now = next;
                next = node.Tick(now);
                Assert.IsTrue(next > now);
            }
        }

        private static MeshStack Unprovisioned(FakeAdvertisingBearer radio)
        {
            return new MeshStack(radio, new FakeGattBearer(), new CountingRandom(), new FakeNetworkLayerClient(), new StackProfile());
        }

        private static void Join(MeshStack stack, uint ivIndex, bool ivUpdate, long now)
        {
            stack.Join(0x0100, 2, ivIndex, ivUpdate, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, now);
        }

        private static void Take(MeshStack stack, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.IsTrue(stack.Sequence.TryTake(out uint _));
            }
        }
    }
}
