using nanoFramework.TestFramework;

namespace MeshNode.Bearers
{
    [TestClass]
    public class TransmitStateTests
    {
        [TestMethod]
        [DataRow(0, 0, 1, 10)]
        [DataRow(2, 1, 3, 20)]
        [DataRow(7, 31, 8, 320)]
        public void TransmitState_InTransmissionsAndMilliseconds(int count, int steps, int transmissions, int interval)
        {
            TransmitState state = new TransmitState(count, steps);

            Assert.AreEqual(transmissions, state.Transmissions);
            Assert.AreEqual(interval, state.Interval);
        }
    }
}
