using System;
using System.Collections.Generic;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>Checks that something that is done over and over allocates nothing.</summary>
    internal static class Allocations
    {
        private const int Parts = 10;

        /// <summary>
        /// Does it a number of times and fails when the second half of them allocates; in the first half .NET itself allocates when code runs
        /// for the first time.
        /// </summary>
        /// <param name="step">Is given how often it was done before.</param>
        public static void AreNone(int times, Action<int> step)
        {
            AreNone(times / 2, times - times / 2, step);
        }

        /// <summary>Does it a number of times to warm up, and then a number of times that allocate nothing.</summary>
        /// <remarks>
        /// .NET may charge a thread with something once, when it compiles what has become hot. So the times are looked at in ten parts, and
        /// one of them may have allocated: what the step does itself shows in more than one.
        /// </remarks>
        /// <param name="step">Is given how often it was done before.</param>
        public static void AreNone(int warmUp, int times, Action<int> step)
        {
            List<long> allocated = [];
            int done = 0;

            for (int part = 0; part <= Parts; part++)
            {
                int end = warmUp + (int)((long)times * part / Parts);
                long before = GC.GetAllocatedBytesForCurrentThread();

                while (done < end)
                {
                    step(done++);
                }

                allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.IsTrue(allocated.GetRange(1, Parts).FindAll(octets => octets != 0).Count <= 1, string.Join(", ", allocated));
        }
    }
}
