using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.LowerTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Test-case groups MESH/SR/HM/CFS, HFS, HPS, HATS and RFS (Health Server).</summary>
    [TestClass]
    public class HealthServerTests
    {
        private const int Capacity = 4;

        [TestMethod]
        public void Faults_AreRegisteredUntilTheyAreCleared()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);

            node.Expect("0500f105", "8031f105");
            Assert.IsTrue(record.Server.SetFault(0x01, node.Now));
            Assert.IsTrue(record.Server.SetFault(0x80, node.Now));
            Assert.IsTrue(record.Server.SetFault(0x01, node.Now));
            node.Expect("0500f1050180", "8031f105");
            record.Server.ClearFault(0x01, node.Now);
            record.Server.ClearFault(0x55, node.Now);
            node.Expect("0500f1050180", "8031f105");

            // What is still there is current, but registered no more.
            node.Expect("0500f105", "802ff105");
            Assert.AreEqual("0400f10580", Current(node));
            record.Server.SetFault(0x80, node.Now);
            node.Expect("0500f10580", "8031f105");
            node.ExpectSilence("8030f105");
            node.Expect("0500f105", "8031f105");
        }

        [TestMethod]
        public void Faults_BeyondTheCapacityAreNotTaken()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);

            for (int i = 1; i <= Capacity; i++)
            {
                Assert.IsTrue(record.Server.SetFault(i, node.Now));
            }

            Assert.IsFalse(record.Server.SetFault(5, node.Now));
            node.Expect("0500f10501020304", "8031f105");

            // A place is free when its fault is neither current nor registered.
            record.Server.ClearFault(2, node.Now);
            Assert.IsFalse(record.Server.SetFault(5, node.Now));
            node.ExpectSilence("8030f105");
            Assert.IsTrue(record.Server.SetFault(5, node.Now));
            node.Expect("0500f10505", "8031f105");
            Assert.AreEqual("0400f10501050304", Current(node));
        }

        [TestMethod]
        public void SampleData_8_3_19()
        {
            ModelNode node = new ModelNode(0x0000);
            HealthServer server = new HealthServer(null, Capacity);
            node.Element.Add(server);
            node.Start();
            node.Publish(server, 0);

            server.SetFault(0x01, node.Now);
            server.SetFault(0x07, node.Now);
            server.SetFault(0x03, node.Now);
            Assert.AreEqual("04000000010703", node.Published());
        }

        [TestMethod]
        public void OtherCompanies_AreIgnored()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);
            record.Server.SetFault(0x01, node.Now);

            node.ExpectVerdict(AccessVerdict.Prohibited, "80313412");
            node.ExpectVerdict(AccessVerdict.Prohibited, "802f3412");
            node.ExpectVerdict(AccessVerdict.Prohibited, "80303412");
            node.ExpectVerdict(AccessVerdict.Prohibited, "8032003412");
            node.ExpectVerdict(AccessVerdict.Prohibited, "8033003412");
            Assert.AreEqual(0, record.Tests);
            node.Expect("0500f10501", "8031f105");
        }

        [TestMethod]
        public void Test_IsRunAndItsFaultsAreTold()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);

            node.Expect("0500f105", "803200f105");
            node.Expect("0507f1050d", "803207f105");
            Assert.AreEqual("0407f1050d", Current(node));
            node.ExpectSilence("803300f105");
            node.Expect("0500f1050d", "8031f105");
            Assert.AreEqual(3, record.Tests);
            node.ExpectVerdict(AccessVerdict.Prohibited, "803201f105");
            node.Expect("0500f1050d", "8031f105");
        }

        [TestMethod]
        [DataRow("8031f1")]
        [DataRow("8031f10500")]
        [DataRow("802ff1")]
        [DataRow("8030f10500")]
        [DataRow("8032f105")]
        [DataRow("803300f10500")]
        [DataRow("803400")]
        [DataRow("8035")]
        [DataRow("80360000")]
        [DataRow("800400")]
        [DataRow("8005")]
        [DataRow("80060000")]
        public void Messages_OfAnotherLengthAreIgnored(string message)
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);

            node.ExpectVerdict(AccessVerdict.Length, message);
            Assert.AreEqual(-1, record.Attention);
            Assert.AreEqual(0, record.Tests);
        }

        [TestMethod]
        public void Period_IsSetAndProhibitedFrom16On()
        {
            ModelNode node = Create(new HealthRecord());

            node.Expect("803700", "8034");
            node.Expect("80370f", "80350f");
            node.ExpectSilence("803603");
            node.ExpectVerdict(AccessVerdict.Prohibited, "803510");
            node.ExpectVerdict(AccessVerdict.Prohibited, "8036ff");
            node.Expect("803703", "8034");
            node.ExpectVerdict(AccessVerdict.UnknownOpcode, "803703");
        }

        [TestMethod]
        public void FastPeriod_HoldsWhileThereAreFaults()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);

            // 4 s, 0.5 s with faults.
            node.Publish(record.Server, 0x44);
            node.Send("803603");
            node.Run(3999);
            Assert.AreEqual("", node.Published());
            node.Run(1);
            Assert.AreEqual("0400f105", node.Published());
            node.Run(100);
            record.Server.SetFault(0x01, node.Now);
            Assert.AreEqual("0400f10501", node.Published());
            node.Run(499);
            Assert.AreEqual("", node.Published());
            node.Run(1);
            Assert.AreEqual("0400f10501", node.Published());
            node.Run(500);
            Assert.AreEqual("0400f10501", node.Published());
            record.Server.ClearFault(0x01, node.Now);
            Assert.AreEqual("0400f105", node.Published());
            node.Run(3999);
            Assert.AreEqual("", node.Published());
            node.Run(1);
            Assert.AreEqual("0400f105", node.Published());
        }

        [TestMethod]
        public void Change_IsPublishedWithoutAPeriodToo()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);
            record.Server.SetFault(0x01, node.Now);
            node.Publish(record.Server, 0);

            Assert.AreEqual("", node.Published());
            record.Server.SetFault(0x01, node.Now);
            Assert.AreEqual("", node.Published());
            record.Server.SetFault(0x02, node.Now);
            Assert.AreEqual("0400f1050102", node.Published());
        }

        [TestMethod]
        public void Attention_CountsDownAndEnds()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);

            node.Expect("800700", "8004");
            node.Mark();
            node.Expect("800703", "800503");
            Assert.AreEqual(3, record.Attention);
            node.RunTo(1000);
            node.Expect("800702", "8004");
            node.RunTo(2999);
            Assert.AreEqual(3, record.Attention);
            node.Expect("800701", "8004");
            node.RunTo(3100);
            Assert.AreEqual(0, record.Attention);
            node.Expect("800700", "8004");
            node.ExpectSilence("8006ff");
            Assert.AreEqual(255, record.Attention);
            node.ExpectSilence("800600");
            Assert.AreEqual(0, record.Attention);
        }

        [TestMethod]
        public void ReplayListFull_IsAFaultUntilTheNodeLeaves()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);
            node.Publish(record.Server, 0);

            for (int i = 0; i < StackProfile.Small().ReplaySources; i++)
            {
                node.Source++;
                node.Expect("800700", "8004");
            }

            Assert.AreEqual("", node.Published());
            node.Source++;
            node.Send("8004");
            Assert.AreEqual((uint)1, node.Node.LowerTransport.Count(LowerTransportVerdict.ReplayListFull));
            Assert.AreEqual("0400f10517", node.Published());
            node.Source--;
            node.Expect("0500f10517", "8031f105");

            node.Node.Leave(node.Now);
            Assert.AreEqual("0400f105", Current(node));
        }

        [TestMethod]
        public void Leaving_SetsStatesBackAndEndsAttention()
        {
            HealthRecord record = new HealthRecord();
            ModelNode node = Create(record);
            byte[] kept = new byte[16];
            record.Server.SetFault(0x01, node.Now);
            node.Send("80360f");
            node.Send("800603");
            Assert.AreEqual(1, record.Server.EncodeKept(kept, 0));
            Assert.AreEqual((byte)15, kept[0]);

            node.Node.Leave(node.Now);

            Assert.AreEqual(0, record.Attention);
            record.Server.EncodeKept(kept, 0);
            Assert.AreEqual((byte)0, kept[0]);
            Assert.AreEqual("0400f10501", Current(node));
            Assert.IsFalse(record.Server.DecodeKept(new byte[] { 16 }, 0, 1));
            Assert.IsTrue(record.Server.DecodeKept(new byte[] { 4 }, 0, 1));
            Assert.AreEqual(4, record.Server.PeriodDivisor);
        }

        // The Health Current Status message.
        private static string Current(ModelNode node)
        {
            byte[] payload = new byte[16];

            return Hex.Encode(payload, 0, node.Element[0].EncodePublication(payload, node.Now));
        }

        private static ModelNode Create(HealthRecord record)
        {
            ModelNode node = new ModelNode();
            record.Server = new HealthServer(record, Capacity);
            node.Element.Add(record.Server);
            node.Start();

            return node;
        }
    }
}
