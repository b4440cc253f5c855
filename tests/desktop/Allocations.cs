using System;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>Checks that something that is done over and over allocates nothing.</summary>
    internal static class Allocations
    {
        /// <summary>
        /// Does it a number of times and fails when the second half of them has allocated anything; in the first half .NET itself allocates
        /// when code runs for the first time.
        /// </summary>
        /// <param name="step">Is given how often it was done before.</param>
        public static void AreNone(int times, Action<int> step)
        {
            AreNone(times / 2, times - times / 2, step);
        }

        /// <summary>Does it a number of times to warm up, and then a number of times that allocate nothing.</summary>
        /// <param name="step">Is given how often it was done before.</param>
        public static void AreNone(int warmUp, int times, Action<int> step)
        {
            long before = 0;

            for (int i = 0; i < warmUp + times; i++)
            {
                if (i == warmUp)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }

                step(i);
            }

            Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
