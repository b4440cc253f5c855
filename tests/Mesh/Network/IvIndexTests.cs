using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class IvIndexTests
    {
        private const long Hours96 = 96 * 3600000L;
        private const long Hours192 = 192 * 3600000L;

        [TestMethod]
        public void TransmitIndex_IsOneLessDuringAnUpdate()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(0x12345678, false, 0);

            Check(ivIndex, 0x12345678, false, 0x12345678);

            ivIndex.Set(0x12345678, true, 0);

            Check(ivIndex, 0x12345678, true, 0x12345677);
        }

        [TestMethod]
        public void TransmitIndex_HasNothingBelowZero()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(0, true, 0);

            Check(ivIndex, 0, true, 0);
        }

        [TestMethod]
        public void Receive_WholeCycleOfAnUpdate()
        {
            IvIndex ivIndex = new IvIndex();
            FakeIvIndexClient client = new FakeIvIndexClient();
            ivIndex.Set(5, true, 0);
            Receive(IvIndexVerdict.CompleteUpdate, ivIndex, 5, false, 0);
            ivIndex.Client = client;

            Receive(IvIndexVerdict.Unchanged, ivIndex, 5, false, 0);
            Receive(IvIndexVerdict.TooEarly, ivIndex, 6, true, Hours96 - 1);
            Check(ivIndex, 5, false, 5);
            Assert.AreEqual(0, client.Changes);

            Receive(IvIndexVerdict.StartUpdate, ivIndex, 6, true, Hours96);
            Check(ivIndex, 6, true, 5);
            Assert.AreEqual(1, client.Changes);
            Assert.AreEqual(0, client.TransmitIndexChanges);
            Assert.AreEqual(Hours96, client.LastTime);

            Receive(IvIndexVerdict.Unchanged, ivIndex, 6, true, Hours96);
            Receive(IvIndexVerdict.Lower, ivIndex, 5, false, 2 * Hours96);
            Receive(IvIndexVerdict.TooEarly, ivIndex, 6, false, (2 * Hours96) - 1);
            Check(ivIndex, 6, true, 5);

            Receive(IvIndexVerdict.CompleteUpdate, ivIndex, 6, false, 2 * Hours96);
            Check(ivIndex, 6, false, 6);
            Assert.AreEqual(2, client.Changes);
            Assert.AreEqual(1, client.TransmitIndexChanges);

            Receive(IvIndexVerdict.TooEarly, ivIndex, 7, true, (3 * Hours96) - 1);
            Receive(IvIndexVerdict.StartUpdate, ivIndex, 7, true, 3 * Hours96);
        }

        // zephyr #60258: a recorded beacon of the last update would make the network do a further one.
        [TestMethod]
        public void Receive_RecordedBeaconMovesNothing()
        {
            IvIndex ivIndex = new IvIndex();
            FakeIvIndexClient client = new FakeIvIndexClient();
            ivIndex.Client = client;
            ivIndex.Set(6, false, 0);

            Receive(IvIndexVerdict.Stale, ivIndex, 6, true, 0);
            Receive(IvIndexVerdict.Stale, ivIndex, 6, true, Hours96);
            Receive(IvIndexVerdict.Stale, ivIndex, 6, true, 100 * Hours192);
            ivIndex.TestMode = true;
            Receive(IvIndexVerdict.Stale, ivIndex, 6, true, 100 * Hours192);

            Check(ivIndex, 6, false, 6);
            Assert.AreEqual(0, client.Changes);
        }

        [TestMethod]
        public void Receive_RefusedChangesNothing()
        {
            IvIndex ivIndex = new IvIndex();
            FakeIvIndexClient client = new FakeIvIndexClient();
            ivIndex.Client = client;
            ivIndex.Set(100, false, 0);

            Receive(IvIndexVerdict.Lower, ivIndex, 99, true, Hours192);
            Receive(IvIndexVerdict.TooHigh, ivIndex, 143, true, Hours192);
            Assert.AreEqual((int)IvIndexVerdict.NotPrimary, (int)ivIndex.Receive(101, true, false, Hours192));

            Check(ivIndex, 100, false, 100);
            Assert.AreEqual(0, client.Changes);
        }

        [TestMethod]
        public void Receive_RecoversOnceIn192Hours()
        {
            IvIndex ivIndex = new IvIndex();
            FakeIvIndexClient client = new FakeIvIndexClient();
            ivIndex.Client = client;
            ivIndex.Set(100, false, 0);

            Receive(IvIndexVerdict.Recover, ivIndex, 142, false, 10);
            Check(ivIndex, 142, false, 142);
            Assert.AreEqual(1, client.TransmitIndexChanges);

            Receive(IvIndexVerdict.RecoveryTooEarly, ivIndex, 144, true, 9 + Hours192);
            Check(ivIndex, 142, false, 142);

            Receive(IvIndexVerdict.Recover, ivIndex, 144, true, 10 + Hours192);
            Check(ivIndex, 144, true, 143);
            Assert.AreEqual(2, client.TransmitIndexChanges);
        }

        [TestMethod]
        public void Receive_RecoversWithinTheMinimumTimeOfAState()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(100, false, 0);

            Receive(IvIndexVerdict.Recover, ivIndex, 101, false, 1);
            Check(ivIndex, 101, false, 101);
        }

        // "After the IV Index Recovery procedure completes, the 96-hour time limits ... shall not apply." Section 3.11.6.
        [TestMethod]
        public void Receive_AfterARecoveryTheLimitsDoNotApply()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(100, false, 0);

            Receive(IvIndexVerdict.Recover, ivIndex, 105, true, 1);
            Receive(IvIndexVerdict.CompleteUpdate, ivIndex, 105, false, 2);
            Receive(IvIndexVerdict.TooEarly, ivIndex, 106, true, 3);

            ivIndex.Set(100, false, 0);

            Receive(IvIndexVerdict.Recover, ivIndex, 105, false, 1);
            Receive(IvIndexVerdict.StartUpdate, ivIndex, 106, true, 2);
            Receive(IvIndexVerdict.TooEarly, ivIndex, 106, false, 3);
        }

        [TestMethod]
        public void StartUpdate_NotByItselfSoonAfterARecovery()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(100, false, 0);
            Receive(IvIndexVerdict.Recover, ivIndex, 105, false, 1);

            Assert.IsFalse(ivIndex.StartUpdate(Hours96));
            Assert.IsTrue(ivIndex.StartUpdate(1 + Hours96));
        }

        [TestMethod]
        public void Tick_AfterARecoveryTheUpdateLasts96HoursAtMost()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(100, false, 0);
            Receive(IvIndexVerdict.Recover, ivIndex, 105, true, 1);

            Assert.AreEqual(1 + Hours96, ivIndex.Tick(2));
            Check(ivIndex, 105, true, 104);

            ivIndex.Tick(1 + Hours96);
            Check(ivIndex, 105, false, 105);
        }

        [TestMethod]
        public void Set_JoiningDuringAnUpdateItMayEndAtAnyTime()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(6, true, 1000);

            Receive(IvIndexVerdict.CompleteUpdate, ivIndex, 6, false, 1001);
        }

        // The nodes around are in the same update: those that have not heard of it yet understand IV Index n - 1 only.
        [TestMethod]
        public void Set_JoiningDuringAnUpdateDoesNotEndItAtOnce()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(6, true, 1000);

            Assert.AreEqual(1000 + Hours96, ivIndex.Tick(1000));
            Check(ivIndex, 6, true, 5);
            Assert.AreEqual(1000 + Hours96, ivIndex.Tick(999 + Hours96));
            Check(ivIndex, 6, true, 5);
            Assert.AreEqual(long.MaxValue, ivIndex.Tick(1000 + Hours96));
            Check(ivIndex, 6, false, 6);
        }

        [TestMethod]
        public void Set_JoiningInNormalOperationMayBeFollowedByAnUpdateAtOnce()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(6, false, 1000);

            Receive(IvIndexVerdict.StartUpdate, ivIndex, 7, true, 1000);
            Receive(IvIndexVerdict.TooEarly, ivIndex, 7, false, 999 + Hours96);
            Receive(IvIndexVerdict.CompleteUpdate, ivIndex, 7, false, 1000 + Hours96);
            Receive(IvIndexVerdict.TooEarly, ivIndex, 8, true, 999 + (2 * Hours96));
        }

        [TestMethod]
        public void Tick_EndsAnUpdateAfter96Hours()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(5, false, 0);

            Assert.AreEqual(long.MaxValue, ivIndex.Tick(0));

            Receive(IvIndexVerdict.StartUpdate, ivIndex, 6, true, Hours96);

            Assert.AreEqual(2 * Hours96, ivIndex.Tick(Hours96));
            Assert.AreEqual(2 * Hours96, ivIndex.Tick((2 * Hours96) - 1));
            Check(ivIndex, 6, true, 5);
            Assert.AreEqual(long.MaxValue, ivIndex.Tick(2 * Hours96));
            Check(ivIndex, 6, false, 6);
        }

        [TestMethod]
        public void SegmentedTransmission_DefersTheEndOfAnUpdate()
        {
            IvIndex ivIndex = new IvIndex();
            FakeIvIndexClient client = new FakeIvIndexClient();
            ivIndex.Client = client;
            ivIndex.Set(6, true, 0);
            ivIndex.SegmentedTransmission = true;

            Receive(IvIndexVerdict.Deferred, ivIndex, 6, false, 10);
            Receive(IvIndexVerdict.Deferred, ivIndex, 6, false, 20);
            Assert.AreEqual(1030L, ivIndex.Tick(30));
            Check(ivIndex, 6, true, 5);
            Assert.AreEqual(0, client.Changes);

            ivIndex.SegmentedTransmission = false;

            Assert.AreEqual(long.MaxValue, ivIndex.Tick(40));
            Check(ivIndex, 6, false, 6);
            Assert.AreEqual(1, client.TransmitIndexChanges);

            Receive(IvIndexVerdict.StartUpdate, ivIndex, 7, true, 40 + Hours96);
            ivIndex.Tick(41 + Hours96);
            Check(ivIndex, 7, true, 6);
        }

        [TestMethod]
        public void SegmentedTransmission_DefersTheEndAfter96Hours()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(5, false, 0);
            Assert.IsTrue(ivIndex.StartUpdate(Hours96));
            ivIndex.SegmentedTransmission = true;
            ivIndex.Tick(3 * Hours96);

            Check(ivIndex, 6, true, 5);

            ivIndex.SegmentedTransmission = false;
            ivIndex.Tick((3 * Hours96) + 1);

            Check(ivIndex, 6, false, 6);
        }

        [TestMethod]
        public void SegmentedTransmission_DefersNothingElse()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(5, false, 0);
            ivIndex.SegmentedTransmission = true;

            Receive(IvIndexVerdict.StartUpdate, ivIndex, 6, true, Hours96);
            Receive(IvIndexVerdict.Recover, ivIndex, 8, false, Hours96);
            Check(ivIndex, 8, false, 8);
        }

        [TestMethod]
        public void Set_ForgetsADeferral()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(6, true, 0);
            ivIndex.SegmentedTransmission = true;
            Receive(IvIndexVerdict.Deferred, ivIndex, 6, false, 10);
            ivIndex.SegmentedTransmission = false;
            ivIndex.Set(9, true, 10);
            ivIndex.Tick(20);

            Check(ivIndex, 9, true, 8);
        }

        [TestMethod]
        public void StartUpdate_After96HoursOfNormalOperation()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(5, false, 0);

            Assert.IsFalse(ivIndex.StartUpdate(Hours96 - 1));
            Assert.IsTrue(ivIndex.StartUpdate(Hours96));
            Check(ivIndex, 6, true, 5);
            Assert.IsFalse(ivIndex.StartUpdate(10 * Hours96));
        }

        [TestMethod]
        public void StartUpdate_EndsWithTheLastIvIndex()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(0xFFFFFFFE, false, 0);
            ivIndex.TestMode = true;

            Assert.IsTrue(ivIndex.StartUpdate(0));
            Assert.IsTrue(ivIndex.CompleteUpdate(0));
            Check(ivIndex, 0xFFFFFFFF, false, 0xFFFFFFFF);
            Assert.IsFalse(ivIndex.StartUpdate(0));
        }

        [TestMethod]
        public void TestMode_NeedsNo96Hours()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(5, false, 0);
            ivIndex.TestMode = true;

            Receive(IvIndexVerdict.StartUpdate, ivIndex, 6, true, 1);
            Receive(IvIndexVerdict.CompleteUpdate, ivIndex, 6, false, 2);
            Assert.IsTrue(ivIndex.StartUpdate(3));
            Assert.AreEqual(3 + Hours96, ivIndex.Tick(4));
            Check(ivIndex, 7, true, 6);
            Assert.IsTrue(ivIndex.CompleteUpdate(4));
            Check(ivIndex, 7, false, 7);
            Assert.IsFalse(ivIndex.CompleteUpdate(5));
        }

        [TestMethod]
        public void CompleteUpdate_NotEarlyAndNotDuringASegmentedTransmission()
        {
            IvIndex ivIndex = new IvIndex();
            ivIndex.Set(5, false, 0);
            ivIndex.StartUpdate(Hours96);

            Assert.IsFalse(ivIndex.CompleteUpdate((2 * Hours96) - 1));

            ivIndex.SegmentedTransmission = true;

            Assert.IsFalse(ivIndex.CompleteUpdate(2 * Hours96));

            ivIndex.SegmentedTransmission = false;

            Assert.IsTrue(ivIndex.CompleteUpdate(2 * Hours96));
        }

        private static void Receive(IvIndexVerdict expected, IvIndex ivIndex, uint received, bool updateFlag, long now)
        {
            Assert.AreEqual((int)expected, (int)ivIndex.Receive(received, updateFlag, true, now));
        }

        private static void Check(IvIndex ivIndex, uint current, bool updateInProgress, uint transmitIndex)
        {
            Assert.AreEqual(current, ivIndex.Current);
            Assert.AreEqual(updateInProgress, ivIndex.UpdateInProgress);
            Assert.AreEqual(transmitIndex, ivIndex.TransmitIndex);
        }
    }
}
