using System;

namespace MeshNode.Bench
{
    /// <summary>
    /// Measures every operation: nanoseconds, ratio to the baseline of the same run, and whether it allocated.
    /// </summary>
    /// <remarks>
    /// Times are of the machine it runs on; what can be compared between machines is the ratio.
    /// </remarks>
    public static class BenchmarkRun
    {
        /// <summary>Ticks of 100 ns that a measurement lasts at least.</summary>
        private const long Duration = 5000000;

        /// <summary>
        /// The operations; the first is the baseline.
        /// </summary>
        public static Operation[] CreateOperations()
        {
            return new Operation[]
            {
                new BytewiseAesBlock(),
                new AesBlock(),
                new AesKeyExpansion(),
                new Cmac(16),
                new Cmac(33),
                new Cmac(65),
                new CcmEncrypt(380),
                new CcmDecrypt(380),
                new NetworkUnsecure(),
                new NetworkSecure(),
                new NetworkReceive(),
                new RelayStep(),
                new DuplicateRefused(),
                new ForeignNidRefused(),
                new Sha256Block(),
                new P256KeyPair(),
                new P256SharedSecret()
            };
        }

        /// <summary>
        /// Runs them all and reports.
        /// </summary>
        /// <returns>Whether the check for allocations found what it must and nothing where it must not.</returns>
        public static bool Run(WriteLine writeLine)
        {
            Operation[] operations = CreateOperations();
            AllocationProbe probe = new AllocationProbe();
            long nothing = Measure(new Nothing());
            long baseline = 0;

            writeLine(Column("operation", 28, false) + Column("ns", 12, true) + Column("ratio", 9, true) + "  allocates");

            for (int i = 0; i < operations.Length; i++)
            {
                Operation operation = operations[i];
                long picoseconds = Measure(operation) - nothing;

                if (i == 0)
                {
                    baseline = picoseconds;
                }

                writeLine(Column(operation.Name, 28, false) + Column((picoseconds / 1000).ToString(), 12, true) +
                    Column(Ratio(picoseconds, baseline), 9, true) + "  " + Text(probe.Allocates(operation)));
            }

            bool finds = probe.Allocates(new SmallAllocation());
            bool invents = probe.Allocates(new Nothing());

            writeLine("check: one object of the smallest size per operation " + (finds ? "is" : "IS NOT") + " found, an empty operation " +
                (invents ? "IS NOT" : "is") + " clean");

            return finds && !invents;
        }

        /// <summary>Picoseconds per run.</summary>
        private static long Measure(Operation operation)
        {
            int count = 1;

            operation.Setup();
            operation.Run();

            while (true)
            {
                long start = DateTime.UtcNow.Ticks;

                for (int i = 0; i < count; i++)
                {
                    operation.Run();
                }

                long elapsed = DateTime.UtcNow.Ticks - start;

                if (elapsed >= Duration || count >= 0x20000000)
                {
                    return elapsed * 100000 / count;
                }

                // Half a second at the speed seen so far, but no more than 16 times what was tried.
                long next = elapsed <= Duration / 16 ? 16L * count : Duration * count / elapsed * 9 / 8 + 1;

                count = next > 0x20000000 ? 0x20000000 : (int)next;
            }
        }

        /// <summary>value / baseline with three decimals.</summary>
        private static string Ratio(long value, long baseline)
        {
            long thousandths = baseline > 0 ? (value * 1000 + baseline / 2) / baseline : 0;
            string fraction = (thousandths % 1000 + 1000).ToString();

            return (thousandths / 1000).ToString() + "." + fraction.Substring(1);
        }

        private static string Text(bool allocates)
        {
            return allocates ? "yes" : "no";
        }

        private static string Column(string text, int width, bool right)
        {
            string spaces = "                                        ";
            int missing = width - text.Length;

            if (missing <= 0)
            {
                return text + " ";
            }

            return right ? spaces.Substring(0, missing) + text : text + spaces.Substring(0, missing);
        }
    }
}
