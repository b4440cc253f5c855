using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Bearers
{
    [TestClass]
    public class AdvertisingTransmitterTests
    {
        private const int Transmit = (4 << 3) | 3;

        [TestMethod]
        public void Send_AtOnceWhenTheBearerHasCredit()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(bearer, 2, 2);

            Assert.IsTrue(transmitter.SendOwn(AdvertisingData.MeshBeacon, new byte[] { 9, 8, 7 }, 1, 2, Transmit, 0, 55));
            Assert.IsTrue(Relayed(transmitter, 1));
            Assert.IsTrue(FromClient(transmitter, 2));

            Assert.AreEqual(3, bearer.Count);
            Assert.AreEqual(0, transmitter.Waiting);
            Assert.AreEqual("0807", bearer.Text(0));
            Assert.AreEqual(AdvertisingData.MeshBeacon, bearer.Type(0));
            Assert.AreEqual(55, bearer.Tag(0));
            Assert.AreEqual(4, bearer.Transmissions(0));
            Assert.AreEqual(50, bearer.Interval(0));
            Assert.AreEqual(AdvertisingData.MeshMessage, bearer.Type(1));
            Assert.AreEqual(AdvertisingData.MeshMessage, bearer.Type(2));
        }

        [TestMethod]
        public void Pump_NoMoreThanTheCredit()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(bearer, 4, 4);
            bearer.Credit = 1;
            Own(transmitter, 1);
            Own(transmitter, 2);
            Own(transmitter, 3);

            Assert.AreEqual(1, bearer.Count);
            Assert.AreEqual(2, transmitter.Waiting);

            bearer.Credit = 1;
            transmitter.Pump();

            Assert.AreEqual(2, bearer.Count);

            bearer.Credit = 5;
            transmitter.Pump();
            transmitter.Pump();

            Assert.AreEqual(3, bearer.Count);
            Assert.AreEqual(4, bearer.Credit);
        }

        [TestMethod]
        public void Pump_LocalBeforeRelayed()
        {
            CheckOrder("r1 r2 o3 g4 r5", "34125");
        }

        [TestMethod]
        public void Pump_EachInItsOrder()
        {
            CheckOrder("o1 o2 o3 g4", "1234");
            CheckOrder("r1 r2 r3 r4", "1234");
        }

        [TestMethod]
        public void SendFromProxyClient_BehindWhatIsRelayedOfItsSource()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(bearer, 3, 3);
            bearer.Credit = 0;
            transmitter.SendRelayed(new byte[] { 1 }, 1, Transmit, 0x0100);
            transmitter.SendFromProxyClient(new byte[] { 2 }, 1, Transmit, 0x0100);
            transmitter.SendFromProxyClient(new byte[] { 3 }, 1, Transmit, 0x0200);
            transmitter.SendRelayed(new byte[] { 4 }, 1, Transmit, 0x0200);

            Assert.IsFalse(transmitter.SendFromProxyClient(new byte[] { 5 }, 1, Transmit, 0x0200));
            Assert.IsTrue(transmitter.HasRoom);

            bearer.Credit = 9;
            transmitter.Pump();

            Assert.AreEqual("3124", Sent(bearer));
        }

        [TestMethod]
        public void Send_RefusesTheNewcomerWhenFull()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(bearer, 2, 1);
            bearer.Credit = 0;

            Assert.IsTrue(Own(transmitter, 1));
            Assert.IsTrue(transmitter.HasRoom);
            Assert.IsTrue(FromClient(transmitter, 2));
            Assert.IsFalse(transmitter.HasRoom);
            Assert.IsFalse(Own(transmitter, 3));
            Assert.IsFalse(FromClient(transmitter, 4));
            Assert.IsTrue(Relayed(transmitter, 5));
            Assert.IsFalse(Relayed(transmitter, 6));
            Assert.AreEqual(3, transmitter.Waiting);

            bearer.Credit = 9;
            transmitter.Pump();

            Assert.AreEqual("125", Sent(bearer));
            Assert.IsTrue(transmitter.HasRoom);
        }

        [TestMethod]
        public void Clear_ForgetsWhatWaits()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(bearer, 2, 2);
            bearer.Credit = 0;
            Own(transmitter, 1);
            Relayed(transmitter, 2);
            transmitter.Clear();
            bearer.Credit = 9;
            transmitter.Pump();

            Assert.AreEqual(0, transmitter.Waiting);
            Assert.AreEqual(0, bearer.Count);
        }

        private static void CheckOrder(string sends, string expected)
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(bearer, 4, 4);
            bearer.Credit = 0;

            for (int i = 0; i < sends.Length; i += 3)
            {
                int number = sends[i + 1] - '0';
                bool queued = sends[i] == 'o' ? Own(transmitter, number) : sends[i] == 'g' ? FromClient(transmitter, number) : Relayed(transmitter, number);
                Assert.IsTrue(queued);
            }

            bearer.Credit = 9;
            transmitter.Pump();

            Assert.AreEqual(expected, Sent(bearer));
        }

        private static bool Own(AdvertisingTransmitter transmitter, int number)
        {
            return transmitter.SendOwn(AdvertisingData.MeshMessage, new byte[] { (byte)number }, 0, 1, Transmit, 0x0001, number);
        }

        private static bool FromClient(AdvertisingTransmitter transmitter, int number)
        {
            return transmitter.SendFromProxyClient(new byte[] { (byte)number }, 1, Transmit, 0x0100 + number);
        }

        private static bool Relayed(AdvertisingTransmitter transmitter, int number)
        {
            return transmitter.SendRelayed(new byte[] { (byte)number }, 1, Transmit, 0x0100 + number);
        }

        private static string Sent(FakeAdvertisingBearer bearer)
        {
            string sent = "";

            for (int i = 0; i < bearer.Count; i++)
            {
                sent += bearer.Payload(i)[0].ToString();
            }

            return sent;
        }
    }
}
