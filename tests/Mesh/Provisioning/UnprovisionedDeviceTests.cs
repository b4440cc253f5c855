using System;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class UnprovisionedDeviceTests
    {
        private const string Uuid = "70cf7c9732a345b691494810d2e9cbf4";
        private const string Beacon = "0070cf7c9732a345b691494810d2e9cbf44020";

        [TestMethod]
        public void Start_OffersTheProvisioningService()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            UnprovisionedDevice device = Device(bearer, null);

            Assert.AreEqual(0, bearer.ConnectableCalls);
            device.Start(0);

            Assert.AreEqual("020106030327181516271870cf7c9732a345b691494810d2e9cbf42040", bearer.ConnectableText);
            Assert.AreEqual(100, bearer.ConnectableInterval);
        }

        [TestMethod]
        public void Stop_EndsWhatItHasStarted()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            UnprovisionedDevice device = Device(bearer, null);

            device.Stop();
            Assert.AreEqual(0, bearer.ConnectableCalls);
            device.Start(0);
            device.Stop();
            Assert.AreEqual(0, bearer.ConnectableLength);
            device.Stop();
            Assert.AreEqual(2, bearer.ConnectableCalls);
        }

        [TestMethod]
        public void Tick_BeaconsEveryFiveSecondsBetweenStartAndStop()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            UnprovisionedDevice device = Device(bearer, null);

            Assert.AreEqual(long.MaxValue, device.Tick(0));
            Assert.AreEqual(0, bearer.Count);

            device.Start(1000);
            Assert.AreEqual(6000L, device.Tick(1000));
            Assert.AreEqual(1, bearer.Count);
            Assert.AreEqual(AdvertisingData.MeshBeacon, bearer.Type(0));
            Assert.AreEqual(Beacon, bearer.Text(0));

            Assert.AreEqual(6000L, device.Tick(5999));
            Assert.AreEqual(1, bearer.Count);
            Assert.AreEqual(11000L, device.Tick(6000));
            Assert.AreEqual(2, bearer.Count);
            Assert.AreEqual(16003L, device.Tick(11003));
            Assert.AreEqual(3, bearer.Count);

            device.Stop();
            Assert.AreEqual(long.MaxValue, device.Tick(20000));
            Assert.AreEqual(3, bearer.Count);
        }

        [TestMethod]
        public void Suspend_KeepsQuietUntilResume()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            UnprovisionedDevice device = Device(bearer, null);
            device.Suspend();
            device.Resume(0);
            Assert.AreEqual(0, bearer.ConnectableCalls);

            device.Start(0);
            device.Tick(0);
            device.Suspend();
            device.Suspend();
            Assert.AreEqual(0, bearer.ConnectableLength);
            Assert.AreEqual(2, bearer.ConnectableCalls);
            Assert.AreEqual(long.MaxValue, device.Tick(9000));
            Assert.AreEqual(1, bearer.Count);

            device.Resume(9001);
            device.Resume(9002);
            Assert.IsTrue(bearer.ConnectableLength > 0);
            Assert.AreEqual(3, bearer.ConnectableCalls);
            Assert.AreEqual(14001L, device.Tick(9001));
            Assert.AreEqual(2, bearer.Count);

            // A node says nothing more, and there is nothing to end.
            device.Suspend();
            device.Stop();
            device.Resume(9003);
            Assert.AreEqual(4, bearer.ConnectableCalls);
            Assert.AreEqual(long.MaxValue, device.Tick(20000));
        }

        [TestMethod]
        public void Tick_SendsTheUriAndItsHash()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            byte[] uri = Hex.Decode("172f2f6578616d706c652e636f6d");
            UnprovisionedDevice device = Device(bearer, uri);
            string hash = Hex.Encode(UnprovisionedDeviceBeacon.UriHash(uri));

            device.Start(0);
            device.Tick(0);

            Assert.AreEqual(2, bearer.Count);
            Assert.AreEqual(Beacon + hash, bearer.Text(0));
            Assert.AreEqual(AdvertisingData.Uri, bearer.Type(1));
            Assert.AreEqual(Hex.Encode(uri), bearer.Text(1));
        }

        [TestMethod]
        public void New_RefusesAWrongUuidAndALongUri()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => New(15, 0));
            Assert.ThrowsException(typeof(ArgumentException), () => New(17, 0));
            Assert.ThrowsException(typeof(ArgumentException), () => New(16, 30));
            New(16, 29);
        }

        private static UnprovisionedDevice Device(FakeAdvertisingBearer bearer, byte[] uri)
        {
            return new UnprovisionedDevice(new AdvertisingTransmitter(bearer, 4, 1), Hex.Decode(Uuid), 0x4020, uri);
        }

        private static void New(int uuidSize, int uriSize)
        {
            new UnprovisionedDevice(new AdvertisingTransmitter(new FakeAdvertisingBearer(), 4, 1), new byte[uuidSize], 0, new byte[uriSize]);
        }
    }
}
