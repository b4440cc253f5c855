using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    /// <summary>
    /// Every cell of the decision table against a second one, written from the words of Mesh Protocol 1.1, sections 3.11.5 and
    /// 3.11.6, and table 3.86.
    /// </summary>
    [TestClass]
    public class IvIndexDecisionTests
    {
        // What a beacon of the primary subnet asks for, by the distance from the IV Index of this node; the sections' limits of
        // time come on top of it. Of the columns: lower | equal | +1 | +2 to +42 | more.
        //   i  ignored: "less than the last known IV Index or greater than the last known IV Index + 42"
        //   -  known already
        //   o  an update of this IV Index, which this node has completed: the beacon is old
        //   u  "transition to the IV Update in Progress state": IV Index + 1 with the flag, in Normal Operation
        //   n  "transition back to Normal Operation": same IV Index, flag 0
        //   r  IV Index Recovery, all other rows of table 3.86
        private const string NormalFlag0 = "i-rri";
        private const string NormalFlag1 = "iouri";
        private const string InProgressFlag0 = "inrri";
        private const string InProgressFlag1 = "i-rri";

        private static readonly uint[] s_current =
        {
            1, 0x12345678, 0x12345678, 0x12345678, 0x12345678, 0x12345678, 0x12345678, 0x12345678,
            0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFE0, 0xFFFFFFD5, 0xFFFFFFFF
        };

        private static readonly uint[] s_received =
        {
            0, 0x12345677, 0x12345678, 0x12345679, 0x1234567A, 0x123456A1, 0x123456A2, 0x123456A3,
            0, 1, 42, 43, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0x00000005, 0xFFFFFFFF, 0x00000029
        };

        private static readonly string[] s_columns =
        {
            "lower", "lower", "equal", "+1", "+2", "+41", "+42", "+43",
            "equal", "+1", "+42", "+43", "lower", "equal", "+1", "lower", "+42", "lower"
        };

        [TestMethod]
        public void Decide_EveryCell()
        {
            int cells = 0;

            for (int i = 0; i < s_current.Length; i++)
            {
                for (int bits = 0; bits < 128; bits++)
                {
                    bool inProgress = (bits & 1) != 0;
                    bool flag = (bits & 2) != 0;
                    bool primary = (bits & 4) != 0;
                    bool hours96 = (bits & 8) != 0;
                    bool hours192 = (bits & 16) != 0;
                    bool testMode = (bits & 32) != 0;
                    bool segmented = (bits & 64) != 0;

                    IvIndexVerdict verdict = IvIndex.Decide(
                        s_current[i],
                        inProgress,
                        s_received[i],
                        flag,
                        primary,
                        hours96 ? 345600000 : 345599999,
                        hours192 ? 691200000 : 691199999,
                        testMode,
                        segmented);

                    IvIndexVerdict expected = Expected(s_columns[i], inProgress, flag, primary, hours96, hours192, testMode, segmented);

                    if (verdict != expected)
                    {
                        Assert.AreEqual((int)expected, (int)verdict, s_columns[i] + " " + bits);
                    }

                    cells++;
                }
            }

            Assert.AreEqual(18 * 128, cells);
        }

        private static IvIndexVerdict Expected(
            string column,
            bool inProgress,
            bool flag,
            bool primary,
            bool hours96,
            bool hours192,
            bool testMode,
            bool segmented)
        {
            // "If this node is a member of a primary subnet and receives a beacon on a secondary subnet ... shall be ignored."
            if (!primary)
            {
                return IvIndexVerdict.NotPrimary;
            }

            string row = inProgress ? (flag ? InProgressFlag1 : InProgressFlag0) : (flag ? NormalFlag1 : NormalFlag0);

            switch (row[column == "lower" ? 0 : column == "equal" ? 1 : column == "+1" ? 2 : column == "+43" ? 4 : 3])
            {
                case 'i':
                    return column == "lower" ? IvIndexVerdict.Lower : IvIndexVerdict.TooHigh;

                case '-':
                    return IvIndexVerdict.Unchanged;

                case 'o':
                    return IvIndexVerdict.Stale;

                case 'u':
                    // "After 96 hours of operating in Normal Operation"; the test mode "removes the 96-hour limit".
                    return hours96 || testMode ? IvIndexVerdict.StartUpdate : IvIndexVerdict.TooEarly;

                case 'n':
                    if (!hours96 && !testMode)
                    {
                        return IvIndexVerdict.TooEarly;
                    }

                    // "A node shall defer state change from IV Update in Progress to Normal Operation ... when the node has
                    // transmitted a Segmented Access message ... without receiving the corresponding Segment Acknowledgment".
                    return segmented ? IvIndexVerdict.Deferred : IvIndexVerdict.CompleteUpdate;

                default:
                    // "not ... more than one IV Index Recovery within a period of 192 hours", which no test mode changes.
                    return hours192 ? IvIndexVerdict.Recover : IvIndexVerdict.RecoveryTooEarly;
            }
        }
    }
}
