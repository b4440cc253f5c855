using System;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyAdvertiserTests
    {
        private const string SecondKey = "d1aafb2a1a3c281cbdb0e960edfad852";
        private const string ThirdKey = "18eed9c2a56add85049ffc3c59ad0e12";
        private const string NetworkIdAdvert = "020106030328180c162818003ecaff672f673370";

        private static readonly NetworkKey s_second = new NetworkKey(Hex.Decode(SecondKey));
        private static readonly NetworkKey s_third = new NetworkKey(Hex.Decode(ThirdKey));

        [TestMethod]
        public void Tick_ShowsTheNetworkId()
        {
            ProxyNode node = new ProxyNode();

            Assert.AreEqual(long.MaxValue, node.Tick(0));

            Assert.AreEqual(NetworkIdAdvert, node.Radio.ConnectableText);
            Assert.AreEqual(500, node.Radio.ConnectableInterval);
        }

        [TestMethod]
        public void Tick_ShowsEverySubnetInTurn()
        {
            ProxyNode node = new ProxyNode();
            Add(node, 1, SecondKey);
            Add(node, 2, ThirdKey);

            for (int i = 0; i < 2; i++)
            {
                long now = 30000 * i;

                Assert.AreEqual(now + 10000, node.Tick(now));
                CheckNetworkId(node, node.Peer.Key);
                Assert.AreEqual(now + 10000, node.Tick(now + 9999));
                CheckNetworkId(node, node.Peer.Key);
                Assert.AreEqual(now + 20000, node.Tick(now + 10000));
                CheckNetworkId(node, s_second);
                Assert.AreEqual(now + 20000, node.Tick(now + 19999));
                CheckNetworkId(node, s_second);
                Assert.AreEqual(now + 30000, node.Tick(now + 20000));
                CheckNetworkId(node, s_third);
            }

            Assert.AreEqual(6, node.Radio.ConnectableCalls);
        }

        [TestMethod]
        public void StartNodeIdentity_ShowsItFirstAndForSixtySeconds()
        {
            ProxyNode node = new ProxyNode();
            Subnet third;
            Add(node, 1, SecondKey);
            third = Add(node, 2, ThirdKey);
            node.Tick(0);

            node.Stack.Advertiser.StartNodeIdentity(third, 1000);
            Assert.AreEqual(11000L, node.Tick(1000));
            CheckIdentity(node, s_third);
            Assert.AreEqual(100, node.Radio.ConnectableInterval);
            node.Tick(11000);
            CheckNetworkId(node, node.Peer.Key);
            Assert.AreEqual(500, node.Radio.ConnectableInterval);
            node.Tick(21000);
            CheckNetworkId(node, s_second);
            string first = node.Radio.ConnectableText;
            node.Tick(31000);
            CheckIdentity(node, s_third);
            Assert.AreNotEqual(first, node.Radio.ConnectableText);

            Assert.IsTrue(node.Stack.Advertiser.IsNodeIdentityRunning(third, 60999));
            Assert.IsFalse(node.Stack.Advertiser.IsNodeIdentityRunning(third, 61000));
            node.Tick(41000);
            node.Tick(51000);
            node.Tick(61000);
            CheckNetworkId(node, s_third);
        }

        [TestMethod]
        public void StartNodeIdentity_EndsOnTheMillisecond()
        {
            ProxyNode node = new ProxyNode();
            node.Tick(0);
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 1000);

            for (long now = 1000; now <= 41000; now += 10000)
            {
                Assert.AreEqual(now + 10000, node.Tick(now));
                CheckIdentity(node, node.Peer.Key);
            }

            // A slice that begins late ends with the identity.
            node.Tick(51000);
            node.Stack.Advertiser.Refresh(57000);
            Assert.AreEqual(61000L, node.Tick(57000));
            node.Tick(60999);
            CheckIdentity(node, node.Peer.Key);
            node.Tick(61000);
            CheckNetworkId(node, node.Peer.Key);
        }

        [TestMethod]
        public void StartNodeIdentity_TakesAnotherRandomForEachSlice()
        {
            ProxyNode node = new ProxyNode();
            node.Random.Next = 7;
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 0);

            node.Tick(0);
            string first = node.Radio.ConnectableText;
            node.Tick(10000);

            Assert.AreNotEqual(first, node.Radio.ConnectableText);
            CheckIdentity(node, node.Peer.Key);
        }

        [TestMethod]
        public void StopNodeIdentity_ShowsTheNetworkIdAtOnce()
        {
            ProxyNode node = new ProxyNode();
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 0);
            node.Tick(0);

            node.Stack.Advertiser.StopNodeIdentity(node.Subnet, 5000);
            Assert.IsFalse(node.Stack.Advertiser.IsNodeIdentityRunning(node.Subnet, 5000));
            node.Tick(5000);

            CheckNetworkId(node, node.Peer.Key);
        }

        [TestMethod]
        public void Tick_ShowsOnlyIdentitiesWhileTheProxyIsOff()
        {
            ProxyNode node = new ProxyNode();
            Subnet second = Add(node, 1, SecondKey);
            node.Tick(0);

            node.Stack.SetProxyEnabled(false, 1000);
            Assert.AreEqual(long.MaxValue, node.Tick(1000));
            Assert.AreEqual(0, node.Radio.ConnectableLength);
            node.Tick(2000);
            Assert.AreEqual(2, node.Radio.ConnectableCalls);

            node.Stack.Advertiser.StartNodeIdentity(second, 3000);

            for (long now = 3000; now < 63000; now += 10000)
            {
                Assert.AreEqual(now + 10000, node.Tick(now));
                CheckIdentity(node, s_second);
            }

            Assert.AreEqual(long.MaxValue, node.Tick(63000));
            Assert.AreEqual(0, node.Radio.ConnectableLength);

            node.Stack.SetProxyEnabled(true, 64000);
            node.Tick(64000);
            Assert.AreNotEqual(0, node.Radio.ConnectableLength);
        }

        [TestMethod]
        public void Tick_ShowsNothingWhileAllConnectionsAreUsed()
        {
            ProxyNode node = new ProxyNode();

            node.Open(0);
            node.Open(1);
            node.Tick(0);
            CheckNetworkId(node, node.Peer.Key);

            node.Now = 1000;
            node.Open(2);
            node.Tick(1000);
            Assert.AreEqual(0, node.Radio.ConnectableLength);
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 2000);
            node.Tick(2000);
            Assert.AreEqual(0, node.Radio.ConnectableLength);

            node.Stack.OnDisconnected(1, 3000);
            node.Tick(3000);
            CheckIdentity(node, node.Peer.Key);
        }

        [TestMethod]
        public void Tick_FollowsAKeyRefresh()
        {
            ProxyNode node = new ProxyNode();
            node.Tick(0);

            node.Stack.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(SecondKey)));
            node.Tick(0);
            CheckNetworkId(node, node.Peer.Key);

            node.Stack.Subnets.EnterSecondPhase(node.Subnet);
            node.Tick(0);
            CheckNetworkId(node, s_second);
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 0);
            node.Tick(0);
            CheckIdentity(node, s_second);

            node.Stack.Subnets.RevokeOldKey(node.Subnet);
            node.Tick(0);
            CheckIdentity(node, s_second);
        }

        [TestMethod]
        public void OnSubnetRemoved_ForgetsItsIdentity()
        {
            ProxyNode node = new ProxyNode();
            node.Stack.Advertiser.StartNodeIdentity(node.Subnet, 0);
            node.Tick(0);

            node.Stack.Subnets.Remove(node.Subnet);
            node.Tick(0);
            Assert.AreEqual(0, node.Radio.ConnectableLength);

            Add(node, 5, SecondKey);
            node.Tick(0);
            CheckNetworkId(node, s_second);
        }

        private static Subnet Add(ProxyNode node, int netKeyIndex, string netKey)
        {
            return node.Stack.Subnets.Add(netKeyIndex, new NetworkKey(Hex.Decode(netKey)));
        }

        private static void CheckNetworkId(ProxyNode node, NetworkKey key)
        {
            byte[] serviceData = new byte[ProxyServiceData.NetworkIdLength];
            CheckAdvert(node, serviceData, ProxyServiceData.EncodeNetworkId(key, serviceData));
        }

        // With the random octets that the advert has at its end.
        private static void CheckIdentity(ProxyNode node, NetworkKey key)
        {
            byte[] serviceData = new byte[ProxyServiceData.IdentityLength];
            byte[] random = new byte[ProxyServiceData.RandomSize];
            Assert.AreEqual(28, node.Radio.ConnectableLength);
            Array.Copy(node.Radio.Connectable, 20, random, 0, random.Length);
            int count = ProxyServiceData.EncodeNodeIdentity(key, ProxyServiceData.NodeIdentity, ProxyNode.PrimaryAddress, random, serviceData, new byte[16]);
            CheckAdvert(node, serviceData, count);
        }

        private static void CheckAdvert(ProxyNode node, byte[] serviceData, int count)
        {
            byte[] data = new byte[AdvertisingData.MaxLength];
            count = ConnectableAdvertisement.Encode(GattService.Proxy, serviceData, count, data);
            Assert.AreEqual(Hex.Encode(data, 0, count), node.Radio.ConnectableText);
        }
    }
}
