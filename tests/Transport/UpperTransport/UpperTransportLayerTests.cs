using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.UpperTransport
{
    [TestClass]
    public class UpperTransportLayerTests
    {
        private const int PeerAddress = TransportNode.PeerAddress;
        private const int Node = TransportNode.Address;

        // Both have AID 0x26.
        private const string SameAid = "0000000000000000000000000000004a";
        private const string NewAppKey = "11223344556677889900aabbccddeeff";
        private const string NewNetKey = "00112233445566778899aabbccddeeff";

        // Both have the virtual address 0xB529.
        private const string Label = "0073e7e4d8b9440faf8415df4c56c0e1";
        private const string SameHash = "0073e7e4d8b9440faf8415df000017d6";
        private const int VirtualAddress = 0xB529;

        [TestMethod]
        public void Receive_TriesEveryKeyWithTheAid()
        {
            TransportNode node = new TransportNode();
            TransportKey second = TransportKey.Application(Hex.Decode(SameAid));
            Assert.AreEqual(node.Application.Aid, second.Aid);
            node.Node.AppKeys.Add(0x123, 0, TransportKey.Application(Hex.Decode(SameAid)));
            node.First.Bindings = 3;

            node.ReceiveAccess(second, 10, PeerAddress, Node, 5, null, "8201");
            Assert.AreEqual(0x123, node.First.AppKeyIndex);
            node.ReceiveAccess(node.Application, 11, PeerAddress, Node, 5, null, "8201");
            Assert.AreEqual(0, node.First.AppKeyIndex);
            Assert.AreEqual(2u, node.Node.UpperTransport.Count(UpperTransportVerdict.Accepted));

            // Bound to one of them only.
            node.First.Bindings = 1;
            node.ReceiveAccess(second, 12, PeerAddress, Node, 5, null, "8201");
            Assert.AreEqual(2, node.First.Count);
            Assert.AreEqual(1u, node.Node.Access.Count(AccessVerdict.NotBound));
        }

        [TestMethod]
        public void Receive_RefusesAKeyOfAnotherSubnet()
        {
            TransportNode node = new TransportNode();
            Subnet other = node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(NewNetKey)));
            string transport = "66" + TransportNode.Encrypt(node.Application, false, 10, PeerAddress, Node, null, "8201");

            node.Receive(other, Peer.SampleIvIndex, false, 5, 10, PeerAddress, Node, transport);

            Assert.AreEqual((int)UpperTransportVerdict.UnknownKey, (int)node.Node.UpperTransport.LastVerdict);
            Assert.AreEqual(0, node.First.Count);
        }

        [TestMethod]
        [DataRow("66", "0011223344", (int)UpperTransportVerdict.TransMic)]
        [DataRow("66", "00112233", (int)UpperTransportVerdict.Length)]
        [DataRow("66", "00", (int)UpperTransportVerdict.Length)]
        [DataRow("65", "0011223344", (int)UpperTransportVerdict.UnknownKey)]
        [DataRow("01", "0011223344", (int)UpperTransportVerdict.UnknownKey)]
        [DataRow("00", "0011223344", (int)UpperTransportVerdict.TransMic)]
        public void Receive_RefusesAccessMessages(string header, string upper, int verdict)
        {
            TransportNode node = new TransportNode();

            node.Receive(false, 5, 10, PeerAddress, Node, header + upper);

            Assert.AreEqual(verdict, (int)node.Node.UpperTransport.LastVerdict);
            Assert.AreEqual(1u, node.Node.UpperTransport.Count((UpperTransportVerdict)verdict));
            Assert.AreEqual(0, node.First.Count + node.Foundation.Count);
            Assert.AreEqual(0, node.Node.Stack.Replay.Count);
        }

        [TestMethod]
        [DataRow("0a0700", (int)UpperTransportVerdict.Length)]
        [DataRow("0a07000300", (int)UpperTransportVerdict.Length)]
        [DataRow("0b070003", (int)UpperTransportVerdict.UnknownOpcode)]
        [DataRow("0101", (int)UpperTransportVerdict.UnknownOpcode)]
        [DataRow("7f070003", (int)UpperTransportVerdict.UnknownOpcode)]
        [DataRow("0a070003", (int)UpperTransportVerdict.Control)]
        public void Receive_ControlMessages(string transport, int verdict)
        {
            TransportNode node = new TransportNode();

            node.Receive(true, 5, 10, PeerAddress, Node, transport);

            Assert.AreEqual(verdict, (int)node.Node.UpperTransport.LastVerdict);
            Assert.AreEqual(1u, node.Node.UpperTransport.Count((UpperTransportVerdict)verdict));
            Assert.AreEqual(verdict == (int)UpperTransportVerdict.Control ? 1 : 0, node.Node.Stack.Replay.Count);
        }

        [TestMethod]
        public void DeviceKey_IsForModelsThatUseIt()
        {
            TransportNode node = new TransportNode();
            node.Foundation.Answer = "8009aa";

            node.ReceiveAccess(node.Device, 10, PeerAddress, Node, 5, null, "800801");
            node.ReceiveAccess(node.Device, 11, PeerAddress, Node, 5, null, "8201");
            node.ReceiveAccess(node.Application, 12, PeerAddress, Node, 5, null, "8008");

            Assert.AreEqual(1, node.Foundation.Count);
            Assert.AreEqual("01", node.Foundation.Parameters);
            Assert.AreEqual(AccessKey.Device, node.Foundation.AppKeyIndex);
            Assert.AreEqual(0, node.First.Count);

            node.Run(50);
            Assert.IsTrue(node.Next());
            Assert.AreEqual("00", node.Peer.Transport.Substring(0, 2));
            Assert.AreEqual("8009aa", node.Decrypt(node.Device, null));
            Assert.AreEqual("", node.Decrypt(node.Application, null));
        }

        // The device key of another node is known to that node: with it, it must not configure this one.
        [TestMethod]
        public void RemoteDeviceKey_OpensNoServer()
        {
            TransportNode node = new TransportNode();
            TransportKey remote = TransportKey.Device(Hex.Decode(NewAppKey));
            node.Node.UpperTransport.RemoteDeviceKeys = new FakeRemoteDeviceKeys(PeerAddress, TransportKey.Device(Hex.Decode(NewAppKey)));

            node.ReceiveAccess(remote, 10, PeerAddress, Node, 5, null, "8008");
            Assert.AreEqual((int)UpperTransportVerdict.Accepted, (int)node.Node.UpperTransport.LastVerdict);
            Assert.AreEqual((int)AccessVerdict.NotBound, (int)node.Node.Access.LastVerdict);
            Assert.AreEqual(0, node.Foundation.Count);

            node.Foundation.DeviceKey = false;
            node.Foundation.RemoteDeviceKeys = true;
            node.ReceiveAccess(remote, 11, PeerAddress, Node, 5, null, "8008");
            Assert.AreEqual(1, node.Foundation.Count);
            Assert.AreEqual(AccessKey.RemoteDevice, node.Foundation.AppKeyIndex);
            node.ReceiveAccess(node.Device, 12, PeerAddress, Node, 5, null, "8008");
            Assert.AreEqual(1, node.Foundation.Count);

            // Nobody else has that key.
            node.ReceiveAccess(remote, 13, PeerAddress + 1, Node, 5, null, "8008");
            Assert.AreEqual((int)UpperTransportVerdict.TransMic, (int)node.Node.UpperTransport.LastVerdict);
        }

        [TestMethod]
        public void RemoteDeviceKey_IsTransmittedWith()
        {
            TransportNode node = new TransportNode();
            Assert.AreEqual((int)SendVerdict.NoKey, (int)node.Send(PeerAddress, AccessKey.RemoteDevice, 4, 5, false, false));
            TransportKey remote = TransportKey.Device(Hex.Decode(NewAppKey));
            node.Node.UpperTransport.RemoteDeviceKeys = new FakeRemoteDeviceKeys(PeerAddress, TransportKey.Device(Hex.Decode(NewAppKey)));

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(PeerAddress, AccessKey.RemoteDevice, 4, 5, false, false));
            Assert.IsTrue(node.Next());
            Assert.AreEqual(TransportNode.Payload(4), node.Decrypt(remote, null));
            Assert.AreEqual((int)SendVerdict.NoKey, (int)node.Send(PeerAddress + 1, AccessKey.RemoteDevice, 4, 5, false, false));
        }

        [TestMethod]
        public void Label_WithTheSameHashIsToldApart()
        {
            TransportNode node = new TransportNode();
            LabelTable labels = node.Node.Labels;
            node.Node.Subscriptions.Add(node.First, VirtualAddress, labels.Refer(Hex.Decode(Label), 0));
            node.Node.Subscriptions.Add(node.Second, VirtualAddress, labels.Refer(Hex.Decode(SameHash), 0));
            Assert.AreEqual(VirtualAddress, labels.Address(0));
            Assert.AreEqual(VirtualAddress, labels.Address(1));

            node.ReceiveAccess(node.Application, 10, PeerAddress, VirtualAddress, 5, Hex.Decode(SameHash), "820155");
            Assert.AreEqual(0, node.First.Count);
            Assert.AreEqual(1, node.Second.Count);
            Assert.AreEqual(1, node.Second.Label);
            Assert.AreEqual("55", node.Second.Parameters);

            node.ReceiveAccess(node.Application, 11, PeerAddress, VirtualAddress, 5, Hex.Decode(Label), "820156");
            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(1, node.Second.Count);
            Assert.AreEqual("56", node.First.Parameters);

            // Without a label, or with one that is not known.
            node.ReceiveAccess(node.Application, 12, PeerAddress, VirtualAddress, 5, null, "8201");
            Assert.AreEqual((int)UpperTransportVerdict.TransMic, (int)node.Node.UpperTransport.LastVerdict);
            node.ReceiveAccess(node.Application, 12, PeerAddress, VirtualAddress + 1, 5, null, "8201");
            Assert.AreEqual((int)UpperTransportVerdict.UnknownLabel, (int)node.Node.UpperTransport.LastVerdict);
            Assert.AreEqual(1, node.First.Count);
        }

        [TestMethod]
        public void Label_IsTransmittedWith()
        {
            TransportNode node = new TransportNode();
            node.Node.Labels.Refer(Hex.Decode(SameHash), 0);
            int place = node.Node.Labels.Refer(Hex.Decode(Label), 0);
            Hex.Decode("8201").CopyTo(node.Node.Access.Buffer, 0);

            node.Node.Access.Send(node.First.Element, VirtualAddress, place, 0, null, Publication.DefaultTtl, 2, 0);

            Assert.IsTrue(node.Next());
            Assert.AreEqual(7, node.Peer.Ttl);
            Assert.AreEqual("8201", node.Decrypt(node.Application, Hex.Decode(Label)));
            Assert.AreEqual("", node.Decrypt(node.Application, Hex.Decode(SameHash)));
        }

        [TestMethod]
        public void Label_StaysAsLongAsItIsReferredTo()
        {
            LabelTable labels = new LabelTable(2);
            byte[] label = Hex.Decode(Label);

            Assert.AreEqual(0, labels.Refer(label, 0));
            Assert.AreEqual(0, labels.Refer(label, 0));
            Assert.AreEqual(1, labels.Refer(Hex.Decode(SameHash), 0));
            Assert.AreEqual(LabelTable.None, labels.Refer(Hex.Decode(NewNetKey), 0));
            labels.Release(0);
            Assert.AreEqual(0, labels.Find(label, 0));
            labels.Release(0);
            Assert.AreEqual(LabelTable.None, labels.Find(label, 0));
            Assert.AreEqual(Address.Unassigned, labels.Address(0));
            labels.Release(LabelTable.None);
            Assert.AreEqual(0, labels.Refer(Hex.Decode(NewNetKey), 0));

            for (int i = 2; i < 256; i++)
            {
                Assert.AreEqual(1, labels.Refer(Hex.Decode(SameHash), 0));
            }

            Assert.AreEqual(LabelTable.None, labels.Refer(Hex.Decode(SameHash), 0));
        }

        [TestMethod]
        public void KeyRefresh_ReceivesBothAndTransmitsByThePhase()
        {
            TransportNode node = new TransportNode();
            TransportKey newKey = TransportKey.Application(Hex.Decode(NewAppKey));
            Peer refreshed = new Peer(NewNetKey, Peer.SampleIvIndex);
            SubnetTable subnets = node.Node.Stack.Subnets;
            Assert.IsFalse(newKey.Aid == node.Application.Aid);

            subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(NewNetKey)));
            node.Node.AppKeys.Update(0, TransportKey.Application(Hex.Decode(NewAppKey)));
            ExpectReceived(node, true, true);
            node.Send(PeerAddress, 4, false, false);
            Assert.IsTrue(node.Next());
            Assert.AreEqual(TransportNode.Payload(4), node.Decrypt(node.Application, null));

            subnets.EnterSecondPhase(node.Subnet);
            ExpectReceived(node, true, true);
            node.Send(PeerAddress, 4, false, false);
            Assert.IsTrue(refreshed.Read(node.Bearer.Payload(node.Bearer.Count - 1)));
            Assert.AreEqual(newKey.Aid | 0x40, (int)Hex.Decode(refreshed.Transport)[0]);

            subnets.RevokeOldKey(node.Subnet);
            ExpectReceived(node, false, true);
            node.Send(PeerAddress, 4, false, false);
            Assert.IsTrue(refreshed.Read(node.Bearer.Payload(node.Bearer.Count - 1)));
            string upper = refreshed.Transport.Substring(2);
            Assert.AreEqual(
                TransportNode.Payload(4), node.Decrypt(newKey, false, refreshed.Sequence, Node, PeerAddress, null, upper));
        }

        // A key that was not updated stays what it is. Section 3.11.4.
        [TestMethod]
        public void KeyRefresh_KeepsAKeyThatWasNotUpdated()
        {
            TransportNode node = new TransportNode();
            node.Node.Stack.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(NewNetKey)));
            node.Node.Stack.Subnets.EnterSecondPhase(node.Subnet);

            Assert.IsTrue(node.Node.AppKeys.TransmitKey(0, node.Subnet) == node.Node.AppKeys.Key(0));
            node.Node.Stack.Subnets.RevokeOldKey(node.Subnet);
            ExpectReceived(node, true, false);
        }

        [TestMethod]
        public void Send_RefusesWhatCannotBeSent()
        {
            TransportNode node = new TransportNode();
            uint sequence = node.Node.Stack.Sequence.Next;

            Assert.AreEqual((int)SendVerdict.Invalid, (int)node.Send(Address.Unassigned, 4, false, false));
            Assert.AreEqual((int)SendVerdict.Invalid, (int)node.Send(PeerAddress, 377, false, true));
            Assert.AreEqual((int)SendVerdict.NoKey, (int)node.Send(PeerAddress, 5, 4, 5, false, false));
            node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(NewNetKey)));
            node.Node.Stack.Subnets.Remove(node.Subnet);
            Assert.AreEqual((int)SendVerdict.NoKey, (int)node.Send(PeerAddress, 4, false, false));
            Assert.AreEqual((int)SendVerdict.NoSubnet, (int)node.Send(PeerAddress, AccessKey.Device, 4, 5, false, false));
            Assert.AreEqual(sequence, node.Node.Stack.Sequence.Next);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Send_IsSilentWhenAllSequencesAreUsed()
        {
            TransportNode node = new TransportNode();
            uint sequence;

            while (node.Node.Stack.Sequence.TryTake(out sequence))
            {
            }

            Assert.AreEqual((int)SendVerdict.NoSequence, (int)node.Send(PeerAddress, 4, false, false));
            Assert.AreEqual((int)SendVerdict.NoSequence, (int)node.Send(PeerAddress, 40, false, false));
            node.Receive(node.Message(10, 5), 0, 10);
            node.Receive(node.Message(20, 5), 0, 20);
            node.ExpectNothing();
            Assert.AreEqual(2, node.First.Count);
            node.ExpectPool(96);
        }

        [TestMethod]
        public void AppKeyTable_FullEmptyAndCleared()
        {
            AppKeyTable keys = new AppKeyTable(2);
            TransportKey key = TransportKey.Application(Hex.Decode(TransportNode.AppKey));
            Assert.AreEqual(0, keys.Add(5, 1, key));
            Assert.AreEqual(1, keys.Add(6, 2, TransportKey.Application(Hex.Decode(SameAid))));
            Assert.AreEqual(-1, keys.Add(7, 2, TransportKey.Application(Hex.Decode(NewAppKey))));
            Assert.AreEqual(1, keys.Find(6));
            Assert.AreEqual(-1, keys.Find(7));

            keys.Remove(0);

            Assert.IsFalse(keys.IsUsed(0));
            Assert.AreEqual(-1, keys.Find(5));
            Assert.IsFalse(key.Matches(Hex.Decode(TransportNode.AppKey), 0));
            Assert.AreEqual(0, keys.Add(7, 2, TransportKey.Application(Hex.Decode(NewAppKey))));
            Assert.AreEqual(2, keys.NetKeyIndex(0));
            keys.Clear();
            Assert.AreEqual(-1, keys.Find(6));
        }

        private static void ExpectReceived(TransportNode node, bool old, bool renewed)
        {
            uint sequence = node.Node.Access.Count(AccessVerdict.Accepted) + node.Node.UpperTransport.Count(UpperTransportVerdict.UnknownKey) + 1;
            int before = node.First.Count;
            node.ReceiveAccess(node.Application, sequence, PeerAddress, Node, 5, null, "8201");
            Assert.AreEqual(old ? before + 1 : before, node.First.Count);
            before = node.First.Count;
            node.ReceiveAccess(TransportKey.Application(Hex.Decode(NewAppKey)), sequence + 1, PeerAddress, Node, 5, null, "8201");
            Assert.AreEqual(renewed ? before + 1 : before, node.First.Count);
        }
    }
}
