using System;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class SubnetTableTests
    {
        // Three keys with the NID of the sample key, 0x68, and one with 0x1e.
        private const string SameNid1 = "00000000000000000000000000000033";
        private const string SameNid2 = "0000000000000000000000000000003a";
        private const string OtherNid = "00112233445566778899aabbccddeeff";

        [TestMethod]
        public void Add_UntilFull()
        {
            SubnetTable table = new SubnetTable(4);
            FakeSubnetTableClient client = new FakeSubnetTableClient();
            table.Client = client;

            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(i, table.Count);
                Subnet subnet = table.Add(0xFFF - i, Key(OtherNid));
                Assert.AreEqual(i, subnet.Slot);
                Assert.AreEqual(0xFFF - i, subnet.NetKeyIndex);
                Assert.AreSame(subnet, table[i]);
                Assert.AreSame(subnet, client.LastChanged);
            }

            Assert.IsNull(table.Add(5, Key(OtherNid)));
            Assert.AreEqual(4, table.Count);
            Assert.AreEqual(4, client.Changes);
        }

        [TestMethod]
        public void Find_ByNetKeyIndex()
        {
            SubnetTable table = new SubnetTable(4);

            Assert.IsNull(table.Find(0));

            Subnet first = table.Add(0x123, Key(OtherNid));
            Subnet second = table.Add(0, Key(SameNid1));

            Assert.AreSame(first, table.Find(0x123));
            Assert.AreSame(second, table.Find(0));
            Assert.IsNull(table.Find(0x122));
        }

        [TestMethod]
        public void Remove_FreesThePlaceAndZeroesTheKeys()
        {
            SubnetTable table = new SubnetTable(4);
            FakeSubnetTableClient client = new FakeSubnetTableClient();
            table.Client = client;
            NetworkKey key = Key(Peer.SampleNetKey);
            NetworkKey newKey = Key(OtherNid);
            Subnet first = table.Add(0, key);
            Subnet second = table.Add(1, Key(SameNid1));
            table.StartKeyRefresh(first, newKey);
            table.Remove(first);

            Assert.AreEqual(1, table.Count);
            Assert.IsNull(table[0]);
            Assert.IsNull(table.Find(0));
            Assert.AreSame(first, client.LastRemoved);
            Assert.AreEqual(1, client.Removals);
            Assert.AreEqual(0x68, (int)key.Credentials.Nid);
            Assert.IsTrue(IsZeroed(key, Peer.SampleNetKey));
            Assert.IsTrue(IsZeroed(newKey, OtherNid));
            Assert.IsFalse(IsZeroed(second.Key, SameNid1));
            Assert.AreSame(second.Key, table.FirstCandidate(0x68));
            Assert.IsNull(SubnetTable.NextCandidate(second.Key));
            Assert.IsNull(table.FirstCandidate(0x1E));
            Assert.AreEqual(0, table.Add(2, Key(OtherNid)).Slot);
        }

        [TestMethod]
        public void FirstCandidate_FindsTheKeyOfANid()
        {
            SubnetTable table = new SubnetTable(4);

            Assert.IsNull(table.FirstCandidate(0x1E));

            NetworkKey key = table.Add(0, Key(OtherNid)).Key;

            for (int nid = 0; nid < 0x80; nid++)
            {
                NetworkKey expected = nid == 0x1E ? key : null;
                Assert.AreSame(expected, table.FirstCandidate(nid));
            }

            Assert.IsNull(SubnetTable.NextCandidate(key));
            Assert.AreSame(table[0], key.Subnet);
        }

        [TestMethod]
        public void FirstCandidate_LeadsToAllKeysOfANid()
        {
            SubnetTable table = new SubnetTable(4);
            NetworkKey a = table.Add(0, Key(Peer.SampleNetKey)).Key;
            NetworkKey b = table.Add(1, Key(OtherNid)).Key;
            NetworkKey c = table.Add(2, Key(SameNid1)).Key;
            NetworkKey d = Key(SameNid2);
            table.StartKeyRefresh(table[1], d);

            Assert.AreSame(b, table.FirstCandidate(0x1E));
            Assert.IsNull(SubnetTable.NextCandidate(b));
            int found = 0;

            for (NetworkKey key = table.FirstCandidate(0x68); key != null; key = SubnetTable.NextCandidate(key))
            {
                found += key == a ? 1 : key == c ? 10 : key == d ? 100 : 1000;
            }

            Assert.AreEqual(111, found);
        }

        [TestMethod]
        public void FirstCandidate_EightKeysOfAFullTable()
        {
            SubnetTable table = new SubnetTable(4);

            for (int i = 0; i < 4; i++)
            {
                table.StartKeyRefresh(table.Add(i, Key(SameNid1)), Key(SameNid2));
            }

            int count = 0;

            for (NetworkKey key = table.FirstCandidate(0x68); key != null; key = SubnetTable.NextCandidate(key))
            {
                count++;
            }

            Assert.AreEqual(2 * 4, count);
        }

        [TestMethod]
        public void KeyRefresh_PhaseByPhase()
        {
            SubnetTable table = new SubnetTable(4);
            FakeSubnetTableClient client = new FakeSubnetTableClient();
            table.Client = client;
            NetworkKey oldKey = Key(Peer.SampleNetKey);
            NetworkKey newKey = Key(OtherNid);
            Subnet subnet = table.Add(0, oldKey);
            CheckSubnet(subnet, KeyRefreshPhase.Normal, oldKey, null, oldKey);

            table.StartKeyRefresh(subnet, newKey);
            CheckSubnet(subnet, KeyRefreshPhase.First, oldKey, newKey, oldKey);
            Assert.AreSame(subnet, newKey.Subnet);

            table.EnterSecondPhase(subnet);
            CheckSubnet(subnet, KeyRefreshPhase.Second, oldKey, newKey, newKey);

            table.EnterSecondPhase(subnet);
            CheckSubnet(subnet, KeyRefreshPhase.Second, oldKey, newKey, newKey);

            table.RevokeOldKey(subnet);
            CheckSubnet(subnet, KeyRefreshPhase.Normal, newKey, null, newKey);
            Assert.IsTrue(IsZeroed(oldKey, Peer.SampleNetKey));
            Assert.IsFalse(IsZeroed(newKey, OtherNid));
            Assert.IsNull(table.FirstCandidate(0x68));
            Assert.AreSame(newKey, table.FirstCandidate(0x1E));
            Assert.AreEqual(5, client.Changes);
        }

        [TestMethod]
        public void KeyRefresh_SecondPhaseMayBeSkipped()
        {
            SubnetTable table = new SubnetTable(4);
            NetworkKey newKey = Key(OtherNid);
            Subnet subnet = table.Add(0, Key(Peer.SampleNetKey));
            table.StartKeyRefresh(subnet, newKey);
            table.RevokeOldKey(subnet);

            CheckSubnet(subnet, KeyRefreshPhase.Normal, newKey, null, newKey);
        }

        [TestMethod]
        public void KeyRefresh_IllegalTransitions()
        {
            SubnetTable table = new SubnetTable(4);
            NetworkKey key = Key(OtherNid);
            Subnet subnet = table.Add(0, Key(Peer.SampleNetKey));

            Assert.ThrowsException(typeof(InvalidOperationException), () => table.EnterSecondPhase(subnet));
            Assert.ThrowsException(typeof(InvalidOperationException), () => table.RevokeOldKey(subnet));

            table.StartKeyRefresh(subnet, key);

            Assert.ThrowsException(typeof(InvalidOperationException), () => table.StartKeyRefresh(subnet, key));

            table.EnterSecondPhase(subnet);

            Assert.ThrowsException(typeof(InvalidOperationException), () => table.StartKeyRefresh(subnet, key));
            CheckSubnet(subnet, KeyRefreshPhase.Second, subnet.Key, key, key);
        }

        private static NetworkKey Key(string netKey)
        {
            return new NetworkKey(Hex.Decode(netKey));
        }

        private static bool IsZeroed(NetworkKey key, string netKey)
        {
            return Mac(key) != Mac(Key(netKey));
        }

        private static string Mac(NetworkKey key)
        {
            byte[] mac = new byte[16];
            key.Beacon.Compute(mac, 0, 13, mac);

            return Hex.Encode(mac);
        }

        private static void CheckSubnet(Subnet subnet, KeyRefreshPhase phase, NetworkKey key, NetworkKey newKey, NetworkKey transmitKey)
        {
            Assert.AreEqual((int)phase, (int)subnet.Phase);
            Assert.AreSame(key, subnet.Key);
            Assert.AreSame(newKey, subnet.NewKey);
            Assert.AreSame(transmitKey, subnet.TransmitKey);
        }
    }
}
