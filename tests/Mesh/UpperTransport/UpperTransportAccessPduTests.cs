using nanoFramework.TestFramework;

namespace MeshNode.UpperTransport
{
    [TestClass]
    public class UpperTransportAccessPduTests
    {
        private const string AppKey = "63964771734fbd76e3b40519d1d94a48";
        private const string DeviceKey = "9d6dd0e96eb25dc19a40ed9914f8f03f";
        private const string Label = "f4a002c7fb1e4ca0a469a021de0db875";


        // Sections 8.3.6, 8.3.18, 8.3.22 and 8.3.24, and two third-party samples of a TransMIC of 64 bits.
        [TestMethod]
        [DataRow(false, false, 0x3129AB, 0x0003, 0x1201, 0x12345678, "", "0056341263964771734fbd76e3b40519d1d94a48", "ee9dddfd2169326d23f3afdfcfdc18c52fdef772e0e17308")]
        [DataRow(true, false, 0x000007, 0x1201, 0xFFFF, 0x12345678, "", "0400000000", "5a8bde6d9106ea078a")]
        [DataRow(true, false, 0x07080B, 0x1234, 0xB529, 0x12345677, "0073e7e4d8b9440faf8415df4c56c0e1", "d50a0048656c6c6f", "3871b904d431526316ca48a0")]
        [DataRow(true, true, 0x07080D, 0x1234, 0x9736, 0x12345677, Label, "ea0a00576f726c64", "c3c51d8e476b28e3aa5001f31c01cea6")]
        [DataRow(false, true, 0x3129AB, 0x0003, 0x1201, 0x12345678, "", "000102030405060708090a0b0c0d0e0f1011121314", "3008177a35ada597ba2ad9a47785110a8afb1ae2fcd561fd4e48e5be9e")]
        [DataRow(true, true, 0x000123, 0x1201, 0xFFFF, 0x12345678, "", "112233445566778899aabbccddeeff0011223344", "f866c492c939deb1ecc4e790e8f4470dfaf19f2908f7bb95628c7ae6")]
        public void EncryptAndDecrypt_MatchTheSamples(bool application, bool szmic, int sequence, int source, int destination, int ivIndex, string label, string payload, string pdu)
        {
            TransportKey key = application ? TransportKey.Application(Hex.Decode(AppKey)) : TransportKey.Device(Hex.Decode(DeviceKey));
            byte[] uuid = label.Length == 0 ? null : Hex.Decode(label);
            int count = payload.Length / 2;
            byte[] buffer = new byte[40];
            Hex.Decode(payload).CopyTo(buffer, 0);

            int length = UpperTransportAccessPdu.Encrypt(key, szmic, (uint)sequence, source, destination, (uint)ivIndex, uuid, buffer, count, buffer);
            Assert.AreEqual(pdu, Hex.Encode(buffer, 0, length));

            byte[] clear = new byte[40];
            Assert.AreEqual(count, UpperTransportAccessPdu.Decrypt(key, szmic, (uint)sequence, source, destination, (uint)ivIndex, uuid, Hex.Decode("ffff" + pdu), 2, length, clear));
            Assert.AreEqual(payload, Hex.Encode(clear, 0, count));
        }

        [TestMethod]
        public void Aid_IsThatOfTheSampleAndZeroForADeviceKey()
        {
            TransportKey application = TransportKey.Application(Hex.Decode(AppKey));
            TransportKey device = TransportKey.Device(Hex.Decode(DeviceKey));

            Assert.AreEqual(0x26, application.Aid);
            Assert.IsTrue(application.IsApplicationKey);
            Assert.AreEqual(0, device.Aid);
            Assert.IsFalse(device.IsApplicationKey);
        }

        [TestMethod]
        public void Decrypt_RefusesEveryChangedOctetAndZeroesThePayload()
        {
            TransportKey key = TransportKey.Application(Hex.Decode(AppKey));
            byte[] pdu = Hex.Decode("c3c51d8e476b28e3aa5001f31c01cea6");
            byte[] label = Hex.Decode(Label);

            Assert.AreEqual(8, Decrypt(key, true, label, pdu, pdu.Length));

            for (int i = 0; i < pdu.Length; i++)
            {
                pdu[i] ^= 0x80;
                Assert.AreEqual(0, Decrypt(key, true, label, pdu, pdu.Length));
                pdu[i] ^= 0x80;
                label[i] ^= 0x01;
                Assert.AreEqual(0, Decrypt(key, true, label, pdu, pdu.Length));
                label[i] ^= 0x01;
            }
        }

        [TestMethod]
        public void Decrypt_RefusesWhatTheNonceHoldsAndAnotherLabelOrKey()
        {
            TransportKey key = TransportKey.Application(Hex.Decode(AppKey));
            byte[] pdu = Hex.Decode("c3c51d8e476b28e3aa5001f31c01cea6");
            byte[] label = Hex.Decode(Label);
            byte[] payload = new byte[16];

            Assert.AreEqual(0, UpperTransportAccessPdu.Decrypt(key, true, 0x07080C, 0x1234, 0x9736, 0x12345677, label, pdu, 0, 16, payload));
            Assert.AreEqual(0, UpperTransportAccessPdu.Decrypt(key, true, 0x07080D, 0x1235, 0x9736, 0x12345677, label, pdu, 0, 16, payload));
            Assert.AreEqual(0, UpperTransportAccessPdu.Decrypt(key, true, 0x07080D, 0x1234, 0x9737, 0x12345677, label, pdu, 0, 16, payload));
            Assert.AreEqual(0, UpperTransportAccessPdu.Decrypt(key, true, 0x07080D, 0x1234, 0x9736, 0x12345678, label, pdu, 0, 16, payload));
            Assert.AreEqual(0, Decrypt(key, true, null, pdu, 16));
            Assert.AreEqual(0, Decrypt(key, false, label, pdu, 16));
            Assert.AreEqual(0, Decrypt(TransportKey.Device(Hex.Decode(AppKey)), true, label, pdu, 16));
            Assert.AreEqual(0, Decrypt(TransportKey.Application(Hex.Decode(DeviceKey)), true, label, pdu, 16));
        }

        [TestMethod]
        public void Decrypt_RefusesEveryShorterPdu()
        {
            TransportKey key = TransportKey.Application(Hex.Decode(AppKey));
            byte[] pdu = Hex.Decode("c3c51d8e476b28e3aa5001f31c01cea6");

            for (int count = 0; count < 16; count++)
            {
                Assert.AreEqual(0, Decrypt(key, true, Hex.Decode(Label), pdu, count));
                Assert.AreEqual(0, Decrypt(key, false, Hex.Decode(Label), pdu, count));
            }
        }

        [TestMethod]
        [DataRow(false, 380)]
        [DataRow(true, 376)]
        [DataRow(false, 1)]
        [DataRow(true, 1)]
        public void EncryptAndDecrypt_LongestAndShortest(bool szmic, int count)
        {
            TransportKey key = TransportKey.Device(Hex.Decode(DeviceKey));
            byte[] payload = new byte[count];
            byte[] pdu = new byte[UpperTransportAccessPdu.MaxLength];
            payload[count - 1] = 0x55;

            int length = UpperTransportAccessPdu.Encrypt(key, szmic, 0xFFFFFF, 0x7FFF, 0x0001, 0xFFFFFFFF, null, payload, count, pdu);
            payload[count - 1] = 0;

            Assert.AreEqual(count + (szmic ? UpperTransportAccessPdu.LongMicSize : UpperTransportAccessPdu.ShortMicSize), length);
            Assert.AreEqual(count, UpperTransportAccessPdu.Decrypt(key, szmic, 0xFFFFFF, 0x7FFF, 0x0001, 0xFFFFFFFF, null, pdu, 0, length, payload));
            Assert.AreEqual((byte)0x55, payload[count - 1]);
        }

        [TestMethod]
        public void Clear_ForgetsTheKey()
        {
            TransportKey key = TransportKey.Application(Hex.Decode(AppKey));

            key.Clear();

            Assert.AreEqual(0, Decrypt(key, true, Hex.Decode(Label), Hex.Decode("c3c51d8e476b28e3aa5001f31c01cea6"), 16));
        }

        // The sample of section 8.3.24, into a buffer that is zeroed when it is refused for its TransMIC.
        private static int Decrypt(TransportKey key, bool szmic, byte[] label, byte[] pdu, int count)
        {
            byte[] payload = Hex.Decode("555555555555555555555555555555555555");

            int length = UpperTransportAccessPdu.Decrypt(key, szmic, 0x07080D, 0x1234, 0x9736, 0x12345677, label, pdu, 0, count, payload);

            if (length == 0)
            {
                int touched = count - (szmic ? 8 : 4) > 0 ? count - (szmic ? 8 : 4) : 0;
                Assert.AreEqual(Hex.Encode(new byte[touched]), Hex.Encode(payload, 0, touched));
                Assert.AreEqual((byte)0x55, payload[touched]);
            }

            return length;
        }
    }
}
