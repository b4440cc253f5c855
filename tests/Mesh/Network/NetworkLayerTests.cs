using System;
using MeshNode.Crypto;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    /// <summary>What is received, and what is not. What is sent on: <see cref="NetworkLayerRelayTests"/>.</summary>
    [TestClass]
    public class NetworkLayerTests
    {
        // Has the NID of the sample key, 0x68.
        private const string SameNid = "00000000000000000000000000000033";
        private const string OtherNid = "00112233445566778899aabbccddeeff";

        private const int Gatt = 0;

        [TestMethod]
        public void SampleData_8_3_1_ControlMessageToAllFriends()
        {
            NetworkNode node = new NetworkNode();

            node.Expect(NetworkVerdict.Accepted, Hex.Decode("68eca487516765b5e5bfdacbaf6cb7fb6bff871f035444ce83a670df"));

            CheckReceived(node.Network.Received, node, 0x12345678, true, 0, 1, 0x1201, 0xFFFD, "034b50057e400000010000");
            Assert.IsFalse(node.Network.Received.Delivered);
            Assert.AreEqual(0, node.Client.Count);
        }

        [TestMethod]
        public void SampleData_8_3_6_SegmentsToAnElement()
        {
            NetworkNode node = new NetworkNode();
            node.Network.SetAddresses(0x1200, 3);

            node.Expect(NetworkVerdict.Accepted, Hex.Decode("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e"));
            node.Expect(NetworkVerdict.Accepted, Hex.Decode("681615b5dd4a846cae0c032bf0746f44f1b8cc8ce5edc57e55beed49c0"));

            Assert.IsTrue(node.Network.Received.Delivered);
            Assert.AreEqual(2, node.Client.Count);
            CheckReceived(node.Client[0], node, 0x12345678, false, 4, 0x3129AB, 0x0003, 0x1201, "8026ac01ee9dddfd2169326d23f3afdf");
            CheckReceived(node.Client[1], node, 0x12345678, false, 4, 0x3129AC, 0x0003, 0x1201, "8026ac21cfdc18c52fdef772e0e17308");
        }

        [TestMethod]
        public void SampleData_8_3_18_ToAllNodes()
        {
            NetworkNode node = new NetworkNode();

            node.Expect(NetworkVerdict.Accepted, Hex.Decode("6848cba437860e5673728a627fb938535508e21a6baf57"));

            CheckReceived(node.Client.Last, node, 0x12345678, false, 3, 7, 0x1201, 0xFFFF, "665a8bde6d9106ea078a");
        }

        [TestMethod]
        public void SampleData_8_3_22_ToAVirtualAddressWithThePreviousIvIndex()
        {
            NetworkNode node = new NetworkNode();
            node.Client.Subscribe(0xB529);

            node.Expect(NetworkVerdict.Accepted, Hex.Decode("e8d85caecef1e3ed31f3fdcf88a411135fea55df730b6b28e255"));

            CheckReceived(node.Client.Last, node, 0x12345677, false, 3, 0x07080B, 0x1234, 0xB529, node.Client.Text(0));
            Assert.AreEqual(13, node.Client.Last.TransportLength);
        }

        [TestMethod]
        public void Receive_RefusesOtherLengths()
        {
            NetworkNode node = new NetworkNode();
            byte[] pdu = new byte[40];
            pdu[0] = 0x68;

            for (int count = 0; count < pdu.Length; count++)
            {
                NetworkVerdict verdict = node.Network.Receive(pdu, 0, count, NetworkInterface.Advertising, 0);

                Assert.AreEqual(count < 14 || count > 29, verdict == NetworkVerdict.Length);
            }

            Assert.AreEqual(14u + 10, node.Network.Count(NetworkVerdict.Length));
        }

        [TestMethod]
        public void Receive_TakesShortestAndLongest()
        {
            NetworkNode node = new NetworkNode();
            Peer peer = SamplePeer();

            node.Expect(NetworkVerdict.Accepted, peer.Pdu(false, 5, 1, 0x0100, 0x0001, "00"));
            node.Expect(NetworkVerdict.Accepted, peer.Pdu(false, 5, 2, 0x0100, 0x0001, "000102030405060708090a0b0c0d0e0f"));
            node.Expect(NetworkVerdict.Accepted, peer.Pdu(true, 5, 3, 0x0100, 0x0001, "00"));
            node.Expect(NetworkVerdict.Accepted, peer.Pdu(true, 5, 4, 0x0100, 0x0001, "000102030405060708090a0b"));

            Assert.AreEqual("00", node.Client.Text(0));
            Assert.AreEqual("000102030405060708090a0b0c0d0e0f", node.Client.Text(1));
            Assert.AreEqual("00", node.Client.Text(2));
            Assert.AreEqual("000102030405060708090a0b", node.Client.Text(3));
        }

        [TestMethod]
        public void Receive_RefusesAControlMessageWithoutTransportPdu()
        {
            NetworkNode node = new NetworkNode();
            node.Network.RelayEnabled = true;

            node.Expect(NetworkVerdict.Length, SamplePeer().Pdu(true, 5, 1, 0x0100, 0x0001, ""));
            node.Expect(NetworkVerdict.Length, SamplePeer().Pdu(true, 5, 1, 0x0100, 0xFFFF, ""));

            for (int count = 1; count <= 4; count++)
            {
                byte[] pdu = SamplePeer().Pdu(false, 5, 2, 0x0100, 0x0001, "01020304".Substring(0, 2 * count));
                pdu[1] ^= 0x80;
                node.Expect(NetworkVerdict.Length, pdu);
            }

            Assert.AreEqual(0, node.Client.Count);
            Assert.AreEqual(0, node.Bearer.Count);
        }

        [TestMethod]
        public void Receive_AnywhereInABuffer()
        {
            NetworkNode node = new NetworkNode();
            byte[] pdu = SamplePeer().Access(5, 1, 0x0100, 0x0001);
            byte[] buffer = new byte[pdu.Length + 20];

            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = 0xA5;
            }

            Array.Copy(pdu, 0, buffer, 7, pdu.Length);

            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)node.Network.Receive(buffer, 7, pdu.Length, NetworkInterface.Advertising, 99));
            Assert.AreEqual((int)NetworkVerdict.Duplicate, (int)node.Network.Receive(pdu, 0, pdu.Length, NetworkInterface.Advertising, 99));
            Assert.AreEqual(99L, node.Client.LastTime);
        }

        [TestMethod]
        public void Receive_RefusesForeignNids()
        {
            NetworkNode node = new NetworkNode();
            byte[] pdu = SamplePeer().Access(5, 1, 0x0100, 0x0001);

            for (int nid = 0; nid < 0x80; nid++)
            {
                if (nid != 0x68)
                {
                    pdu[0] = (byte)nid;
                    node.Expect(NetworkVerdict.UnknownNid, pdu);
                }
            }

            node.Subnets.Remove(node.Subnet);
            pdu[0] = 0x68;
            node.Expect(NetworkVerdict.UnknownNid, pdu);
        }

        [TestMethod]
        public void Receive_OneTransmissionOnce()
        {
            NetworkNode node = new NetworkNode();
            byte[] pdu = SamplePeer().Access(5, 1, 0x0100, 0xFFFF);

            node.Expect(NetworkVerdict.Accepted, pdu);
            node.Expect(NetworkVerdict.Duplicate, pdu);
            node.Expect(NetworkVerdict.Duplicate, pdu, Gatt);

            // It costs no cryptography: no key is needed.
            node.Subnet.Key.Credentials.Clear();
            node.Expect(NetworkVerdict.Duplicate, pdu);

            Assert.AreEqual(1, node.Client.Count);
            Assert.AreEqual(4u, node.CountAll());
        }

        [TestMethod]
        public void Receive_OneMessageOnceOverWhateverPath()
        {
            NetworkNode node = new NetworkNode();
            Peer peer = SamplePeer();

            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.Cached, peer.Access(4, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.Duplicate, peer.Access(4, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.Cached, peer.Access(3, 1, 0x0100, 0xFFFF), Gatt);
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 2, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0101, 0xFFFF));

            Assert.AreEqual(3, node.Client.Count);
        }

        [TestMethod]
        public void Receive_SameSourceAndSequenceWithTheNextIvIndex()
        {
            NetworkNode node = new NetworkNode();
            Peer peer = SamplePeer();
            peer.IvIndex--;
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0x0001));
            peer.IvIndex++;
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0x0001));
        }

        [TestMethod]
        public void Receive_CurrentAndPreviousIvIndexInBothStates()
        {
            NetworkNode node = new NetworkNode();
            Peer peer = SamplePeer();

            for (uint state = 0; state < 2; state++)
            {
                node.IvIndex.Set(Peer.SampleIvIndex, state == 1, 0);

                peer.IvIndex = Peer.SampleIvIndex;
                node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1 + state, 0x0100, 0x0001));
                Assert.AreEqual(Peer.SampleIvIndex, node.Client.Last.IvIndex);

                peer.IvIndex = Peer.SampleIvIndex - 1;
                node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1 + state, 0x0100, 0x0001));
                Assert.AreEqual(Peer.SampleIvIndex - 1, node.Client.Last.IvIndex);

                peer.IvIndex = Peer.SampleIvIndex + 1;
                CheckRefused(node, peer.Access(5, 10 + state, 0x0100, 0x0001));

                peer.IvIndex = Peer.SampleIvIndex - 2;
                CheckRefused(node, peer.Access(5, 20 + state, 0x0100, 0x0001));
            }
        }

        [TestMethod]
        public void Receive_NoIvIndexBeforeZero()
        {
            NetworkNode node = new NetworkNode();
            node.IvIndex.Set(0, false, 0);
            Peer peer = SamplePeer();
            peer.IvIndex = 0xFFFFFFFF;

            node.Expect(NetworkVerdict.IvIndex, peer.Access(5, 1, 0x0100, 0x0001));

            peer.IvIndex = 0;
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0x0001));
        }

        [TestMethod]
        [DataRow(0x0000)]
        [DataRow(0x8000)]
        [DataRow(0xC000)]
        [DataRow(0xFFFF)]
        public void Receive_RefusesSourcesThatAreNotUnicast(int source)
        {
            NetworkNode node = new NetworkNode();

            node.Expect(NetworkVerdict.SourceNotUnicast, SamplePeer().Access(5, 1, source, 0x0001));
            node.Expect(NetworkVerdict.SourceNotUnicast, SamplePeer().Access(5, 1, source, 0x0001));
        }

        [TestMethod]
        public void Receive_RefusesOwnSource()
        {
            NetworkNode node = new NetworkNode();
            node.Network.SetAddresses(0x0100, 2);
            Peer peer = SamplePeer();

            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x00FF, 0xFFFF));
            node.Expect(NetworkVerdict.OwnSource, peer.Access(5, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.OwnSource, peer.Access(5, 1, 0x0101, 0xFFFF));
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0102, 0xFFFF));
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x7FFF, 0xFFFF));
        }

        [TestMethod]
        public void Receive_RefusesEveryChangedOctetAndThenTakesTheGenuineOne()
        {
            NetworkNode node = new NetworkNode();
            node.Network.RelayEnabled = true;
            byte[] pdu = SamplePeer().Access(5, 1, 0x0100, 0xFFFF);

            for (int i = 1; i < pdu.Length; i++)
            {
                pdu[i] ^= 0x01;
                CheckRefused(node, pdu);
                pdu[i] ^= 0x01;
            }

            Assert.IsTrue(node.Network.Count(NetworkVerdict.NetMic) >= 17);
            Assert.AreEqual(0, node.Client.Count);
            Assert.AreEqual(0, node.Bearer.Count);
            node.Expect(NetworkVerdict.Accepted, pdu);
            Assert.AreEqual(1, node.Client.Count);
            Assert.AreEqual(1, node.Bearer.Count);
        }

        [TestMethod]
        public void Receive_ForgedCopyDoesNotSuppressTheGenuineOne()
        {
            NetworkNode node = new NetworkNode();
            byte[] pdu = SamplePeer().Access(5, 1, 0x0100, 0x0001);
            byte[] forged = SamplePeer().Access(5, 1, 0x0100, 0x0001);
            forged[forged.Length - 1] ^= 0xFF;

            node.Expect(NetworkVerdict.NetMic, forged);
            node.Expect(NetworkVerdict.NetMic, forged);
            node.Expect(NetworkVerdict.Accepted, pdu);
            node.Expect(NetworkVerdict.Duplicate, forged);
            Assert.AreEqual(1, node.Client.Count);
        }

        // The obfuscation is an XOR: whoever hears a PDU can make one of the SEQ before out of it, which is in the cache, and with the MIC of
        // the PDU that is to be suppressed.
        [TestMethod]
        public void Receive_ForgeryOfACachedSequenceDoesNotSuppressTheGenuineOne()
        {
            NetworkNode node = new NetworkNode();
            byte[] pdu = SamplePeer().Access(5, 3, 0x0100, 0x0001);
            byte[] forged = SamplePeer().Access(5, 3, 0x0100, 0x0001);
            forged[4] ^= 0x01;

            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(5, 2, 0x0100, 0x0001));
            node.Expect(NetworkVerdict.Cached, forged);
            node.Expect(NetworkVerdict.Accepted, pdu);

            pdu = SamplePeer().Access(5, 3, 0x0101, 0x0001);
            pdu[6] ^= 0x01;

            node.Expect(NetworkVerdict.Cached, pdu);

            pdu[6] ^= 0x01;

            node.Expect(NetworkVerdict.Accepted, pdu);
            Assert.AreEqual(3, node.Client.Count);
        }

        // A Network PDU whose nonce is that of another kind of message.
        [TestMethod]
        public void Receive_RefusesTheNonceOfProxyConfiguration()
        {
            NetworkNode node = new NetworkNode();

            node.Expect(NetworkVerdict.NetMic, SamplePeer().Secure(Nonce.ProxyType, false, 0, 1, 0x0100, 0x0001, "0001"));
        }

        [TestMethod]
        public void Receive_RefusesTheUnassignedDestination()
        {
            NetworkNode node = new NetworkNode();
            node.Network.RelayEnabled = true;
            node.Network.SetAddresses(0, 0);

            node.Expect(NetworkVerdict.DestinationUnassigned, SamplePeer().Access(5, 1, 0x0100, 0x0000));
            Assert.AreEqual(0, node.Client.Count);
            Assert.AreEqual(0, node.Bearer.Count);
        }

        [TestMethod]
        public void Receive_IsTakenBackWhenTheClientHasNoRoom()
        {
            NetworkNode node = new NetworkNode();
            node.Network.RelayEnabled = true;
            node.Client.HasRoom = false;
            Peer peer = SamplePeer();

            node.Expect(NetworkVerdict.NoRoom, peer.Access(5, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.NoRoom, peer.Access(5, 1, 0x0100, 0xFFFF));
            Assert.AreEqual(2, node.Client.Refused);
            Assert.AreEqual(0, node.Bearer.Count);

            node.Client.HasRoom = true;

            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.Duplicate, peer.Access(5, 1, 0x0100, 0xFFFF));
            node.Expect(NetworkVerdict.Cached, peer.Access(4, 1, 0x0100, 0xFFFF));
            Assert.AreEqual(1, node.Client.Count);
            Assert.AreEqual(1, node.Bearer.Count);
        }

        [TestMethod]
        [DataRow(0xFFFF, false, false, true)]
        [DataRow(0xFFFF, true, true, true)]
        [DataRow(0xFFFE, false, true, false)]
        [DataRow(0xFFFE, true, false, true)]
        [DataRow(0xFFFD, true, true, false)]
        [DataRow(0xFFFC, true, false, false)]
        [DataRow(0xFFFC, false, true, true)]
        [DataRow(0x0001, false, false, true)]
        [DataRow(0x0002, false, false, true)]
        [DataRow(0x0003, true, true, false)]
        [DataRow(0xC000, true, true, false)]
        [DataRow(0xC001, false, false, true)]
        [DataRow(0x8001, false, false, true)]
        [DataRow(0xFEFF, true, true, false)]
        public void Receive_DeliversByDestination(int destination, bool relay, bool proxy, bool delivered)
        {
            NetworkNode node = new NetworkNode();
            node.Client.Subscribe(0xC001);
            node.Client.Subscribe(0x8001);
            node.Network.RelayEnabled = relay;
            node.Network.ProxyEnabled = proxy;

            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(1, 1, 0x0100, destination));

            Assert.AreEqual(delivered, node.Network.Received.Delivered);
            Assert.AreEqual(delivered ? 1 : 0, node.Client.Count);
            Assert.AreEqual(destination >= 0x8000 && !node.Network.IsFixedGroup(destination) ? 1 : 0, node.Client.Asked);
        }

        [TestMethod]
        public void Receive_DeliversToAFixedGroupThatIsSubscribedTo()
        {
            NetworkNode node = new NetworkNode();
            node.Client.Subscribe(Address.AllRelays);

            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(1, 1, 0x0100, Address.AllRelays));
            Assert.AreEqual(1, node.Client.Count);
            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(1, 2, 0x0100, Address.AllProxies));
            Assert.AreEqual(1, node.Client.Count);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(127)]
        public void Receive_DeliversWithAnyTtl(int ttl)
        {
            NetworkNode node = new NetworkNode();

            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(ttl, 1, 0x0100, 0x0001));
            Assert.AreEqual(ttl, node.Client.Last.Ttl);
        }

        [TestMethod]
        public void Receive_FromAProxyClient()
        {
            NetworkNode node = new NetworkNode();
            node.Network.Proxy = node.Proxy;

            node.Expect(NetworkVerdict.ProxyDisabled, SamplePeer().Access(5, 1, 0x0100, 0x0200), 3);
            Assert.AreEqual(1, node.Proxy.Sources);
            Assert.AreEqual(3, node.Proxy.LastConnection);
            Assert.AreEqual(0x0100, node.Proxy.LastSource);
            Assert.AreEqual(0, node.Bearer.Count);

            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(5, 2, 0x0101, 0x0001), 2);
            Assert.AreEqual(2, node.Client.Last.Interface);
            Assert.AreEqual(0x0101, node.Proxy.LastSource);

            node.Expect(NetworkVerdict.NetMic, Forged(3), 2);
            node.Expect(NetworkVerdict.Duplicate, SamplePeer().Access(5, 2, 0x0101, 0x0001), 2);
            Assert.AreEqual(2, node.Proxy.Sources);

            // What the proxy did not take comes over the air.
            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(5, 1, 0x0100, 0x0200));
        }

        [TestMethod]
        public void Receive_TriesEachKeyOfANidWhicheverIsFirst()
        {
            for (uint turn = 0; turn < 2; turn++)
            {
                NetworkNode node = new NetworkNode();
                node.Subnets.Remove(node.Subnet);
                string first = turn == 0 ? SameNid : Peer.SampleNetKey;
                string second = turn == 0 ? Peer.SampleNetKey : SameNid;
                Subnet a = node.Subnets.Add(1, new NetworkKey(Hex.Decode(first)));
                Subnet b = node.Subnets.Add(2, new NetworkKey(Hex.Decode(second)));

                node.Expect(NetworkVerdict.Accepted, new Peer(first, Peer.SampleIvIndex).Access(5, 1, 0x0100, 0x0001));
                Assert.AreSame(a, node.Client.Last.Subnet);
                Assert.AreSame(a.Key, node.Client.Last.Key);

                node.Expect(NetworkVerdict.Accepted, new Peer(second, Peer.SampleIvIndex).Access(5, 2, 0x0100, 0x0001));
                Assert.AreSame(b, node.Client.Last.Subnet);
                Assert.AreEqual("0001020304050607080910", node.Client.Text(1));

                CheckRefused(node, Forged(3));
            }
        }

        // The verdict is the one that the PDU meets with under the right key, although the other key is tried last.
        [TestMethod]
        public void Receive_TellsTheVerdictOfTheRightKey()
        {
            for (int turn = 0; turn < 2; turn++)
            {
                NetworkNode node = new NetworkNode();
                node.Subnets.Remove(node.Subnet);
                node.Subnets.Add(1, new NetworkKey(Hex.Decode(turn == 0 ? SameNid : Peer.SampleNetKey)));
                node.Subnets.Add(2, new NetworkKey(Hex.Decode(turn == 0 ? Peer.SampleNetKey : SameNid)));

                node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(5, 1, 0x0100, 0x0001));
                node.Expect(NetworkVerdict.Cached, SamplePeer().Access(4, 1, 0x0100, 0x0001));
                node.Expect(NetworkVerdict.OwnSource, SamplePeer().Access(4, 1, 0x0001, 0x0001));
            }
        }

        [TestMethod]
        public void Receive_SeveralSubnets()
        {
            NetworkNode node = new NetworkNode();
            Peer other = new Peer(OtherNid, Peer.SampleIvIndex);

            node.Expect(NetworkVerdict.UnknownNid, other.Access(5, 1, 0x0100, 0x0001));

            Subnet subnet = node.Subnets.Add(0x123, new NetworkKey(Hex.Decode(OtherNid)));

            node.Expect(NetworkVerdict.Accepted, other.Access(5, 1, 0x0100, 0x0001));
            Assert.AreSame(subnet, node.Client.Last.Subnet);
            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(5, 2, 0x0100, 0x0001));
            Assert.AreSame(node.Subnet, node.Client.Last.Subnet);
            node.Expect(NetworkVerdict.Cached, other.Access(5, 2, 0x0100, 0x0001));

            node.Subnets.Remove(subnet);

            node.Expect(NetworkVerdict.UnknownNid, other.Access(5, 3, 0x0100, 0x0001));
        }

        // "The nodes will continue to transmit using the old key, but will additionally receive using the new key." Section 3.11.4.
        [TestMethod]
        [DataRow(OtherNid)]
        [DataRow(SameNid)]
        public void Receive_OldAndNewKeyDuringAKeyRefresh(string newNetKey)
        {
            NetworkNode node = new NetworkNode();
            Peer oldPeer = SamplePeer();
            Peer newPeer = new Peer(newNetKey, Peer.SampleIvIndex);
            CheckRefused(node, newPeer.Access(5, 1, 0x0100, 0x0001));
            NetworkKey newKey = new NetworkKey(Hex.Decode(newNetKey));

            node.Subnets.StartKeyRefresh(node.Subnet, newKey);

            node.Expect(NetworkVerdict.Accepted, oldPeer.Access(5, 2, 0x0100, 0x0001));
            Assert.AreSame(node.Subnet.Key, node.Client.Last.Key);
            node.Expect(NetworkVerdict.Accepted, newPeer.Access(5, 3, 0x0100, 0x0001));
            Assert.AreSame(newKey, node.Client.Last.Key);
            Assert.AreSame(node.Subnet, node.Client.Last.Subnet);

            node.Subnets.EnterSecondPhase(node.Subnet);

            node.Expect(NetworkVerdict.Accepted, oldPeer.Access(5, 4, 0x0100, 0x0001));
            node.Expect(NetworkVerdict.Accepted, newPeer.Access(5, 5, 0x0100, 0x0001));

            node.Subnets.RevokeOldKey(node.Subnet);

            CheckRefused(node, oldPeer.Access(5, 6, 0x0100, 0x0001));
            node.Expect(NetworkVerdict.Accepted, newPeer.Access(5, 7, 0x0100, 0x0001));
            Assert.AreSame(node.Subnet.Key, node.Client.Last.Key);
        }

        [TestMethod]
        public void ReceiveProxyConfiguration_SampleData_8_9_1()
        {
            NetworkNode node = new NetworkNode();
            node.Network.SetAddresses(0x0100, 1);
            node.Subnets.Add(1, new NetworkKey(Hex.Decode("d1aafb2a1a3c281cbdb0e960edfad852")));
            byte[] pdu = Hex.Decode("10386bd60efbbb8b8c28512e792d3711f4b526");

            for (int i = 0; i < 2; i++)
            {
                Configuration(NetworkVerdict.Accepted, node, pdu);
                NetworkPdu received = node.Network.ProxyConfiguration;
                Assert.AreEqual(4, received.Interface);
                Assert.IsTrue(received.Control);
                Assert.AreEqual(0, received.Ttl);
                Assert.AreEqual(1u, received.Sequence);
                Assert.AreEqual(0x0001, received.Source);
                Assert.AreEqual(0, received.Destination);
                Assert.AreEqual("0000", Hex.Encode(received.Payload, NetworkPdu.TransportOffset, received.TransportLength));
            }
        }

        [TestMethod]
        public void ReceiveProxyConfiguration_Refusals()
        {
            NetworkNode node = new NetworkNode();
            Peer peer = SamplePeer();

            Configuration(NetworkVerdict.Length, node, new byte[0]);
            Configuration(NetworkVerdict.Length, node, new byte[13]);
            Configuration(NetworkVerdict.Length, node, new byte[30]);
            Configuration(NetworkVerdict.UnknownNid, node, new byte[20]);
            Configuration(NetworkVerdict.Length, node, peer.Configuration(1, 0x0100, ""));
            Configuration(NetworkVerdict.SourceNotUnicast, node, peer.Configuration(1, 0x8000, "0000"));
            Configuration(NetworkVerdict.OwnSource, node, peer.Configuration(1, 0x0002, "0000"));
            Configuration(NetworkVerdict.NetMic, node, peer.Pdu(true, 0, 1, 0x0100, 0, "0000"));
            peer.IvIndex--;
            Configuration(NetworkVerdict.Accepted, node, peer.Configuration(1, 0x0100, "0000"));
            peer.IvIndex--;
            Configuration(NetworkVerdict.NetMic, node, peer.Configuration(0x800001, 0x0100, "0000"));
            node.IvIndex.Set(0, false, 0);
            peer.IvIndex = 1;
            Configuration(NetworkVerdict.IvIndex, node, peer.Configuration(1, 0x0100, "0000"));

            Assert.AreEqual(0u, node.CountAll());
        }

        [TestMethod]
        public void ReceiveProxyConfiguration_IsNoMessageOfTheCache()
        {
            NetworkNode node = new NetworkNode();
            Peer peer = SamplePeer();

            Configuration(NetworkVerdict.Accepted, node, peer.Configuration(1, 0x0100, "0000"));
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0x0001));
            Configuration(NetworkVerdict.Accepted, node, peer.Configuration(1, 0x0100, "0001"));
        }

        [TestMethod]
        public void EncodeProxyConfiguration_IsReadByThePeer()
        {
            NetworkNode node = new NetworkNode();
            node.Sequence.TryTake(out uint _);
            node.IvIndex.Set(Peer.SampleIvIndex + 1, true, 0);
            byte[] pdu = new byte[NetworkPdu.MaxLength];
            int length = node.Network.EncodeProxyConfiguration(node.Subnet, Hex.Decode("03000004"), 4, pdu);
            byte[] sent = new byte[length];
            Array.Copy(pdu, 0, sent, 0, length);
            Peer peer = SamplePeer();

            Assert.IsTrue(peer.Read(sent, Nonce.ProxyType));
            Assert.IsTrue(peer.Control);
            Assert.AreEqual(0, peer.Ttl);
            Assert.AreEqual(1u, peer.Sequence);
            Assert.AreEqual(0x0001, peer.Source);
            Assert.AreEqual(0x0000, peer.Destination);
            Assert.AreEqual("03000004", peer.Transport);
            Assert.AreEqual(2u, node.Sequence.Next);
        }

        [TestMethod]
        public void EncodeProxyConfiguration_NothingWithoutSequenceNumbers()
        {
            NetworkNode node = new NetworkNode();
            SequenceNumber used = new SequenceNumber(SequenceNumber.Max + 1);
            NetworkLayer network = new NetworkLayer(node.Subnets, node.IvIndex, used, node.Transmitter, node.Client, 64);

            Assert.AreEqual(0, network.EncodeProxyConfiguration(node.Subnet, new byte[4], 4, new byte[NetworkPdu.MaxLength]));
        }

        private static Peer SamplePeer()
        {
            return new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);
        }

        private static byte[] Forged(uint sequence)
        {
            byte[] pdu = SamplePeer().Access(5, sequence, 0x0100, 0x0001);
            pdu[pdu.Length - 1] ^= 0x80;

            return pdu;
        }

        private static void Configuration(NetworkVerdict expected, NetworkNode node, byte[] pdu)
        {
            Assert.AreEqual((int)expected, (int)node.Network.ReceiveProxyConfiguration(pdu, 0, pdu.Length, 4));
        }

        // Whichever of the reasons that depend on what garbage the wrong key gives.
        private static void CheckRefused(NetworkNode node, byte[] pdu)
        {
            NetworkVerdict verdict = node.Receive(pdu);

            Assert.IsTrue(verdict > NetworkVerdict.Accepted && verdict <= NetworkVerdict.OwnSource);
        }

        private static void CheckReceived(
            NetworkPdu pdu,
            NetworkNode node,
            uint ivIndex,
            bool control,
            int ttl,
            uint sequence,
            int source,
            int destination,
            string transport)
        {
            Assert.AreEqual(NetworkInterface.Advertising, pdu.Interface);
            Assert.AreSame(node.Subnet, pdu.Subnet);
            Assert.AreSame(node.Subnet.Key, pdu.Key);
            Assert.AreEqual(ivIndex, pdu.IvIndex);
            Assert.AreEqual(control, pdu.Control);
            Assert.AreEqual(ttl, pdu.Ttl);
            Assert.AreEqual(sequence, pdu.Sequence);
            Assert.AreEqual(source, pdu.Source);
            Assert.AreEqual(destination, pdu.Destination);
            Assert.AreEqual((byte)(destination >> 8), pdu.Payload[0]);
            Assert.AreEqual((byte)destination, pdu.Payload[1]);
            Assert.AreEqual(transport, Hex.Encode(pdu.Payload, NetworkPdu.TransportOffset, pdu.TransportLength));
        }
    }
}
