using System;

namespace MeshNode.Bench
{
    /// <summary>
    /// Finds out whether an operation allocates, with nothing but the garbage collector: the more an operation has allocated, the
    /// fewer small objects it takes until the next collection.
    /// </summary>
    /// <remarks>
    /// A collection is noticed by a <see cref="WeakReference"/> that has lost its target. The heap's appetite is measured first:
    /// how many smallest objects it swallows from one collection to the next, and how much that number varies. Works on any heap
    /// size and never fills the heap further than the collector lets it.
    /// </remarks>
    public sealed class AllocationProbe
    {
        /// <summary>Ticks of 100 ns that the repetitions of one operation may take.</summary>
        private const long Duration = 10000000;

        /// <summary>Keeps the compiler from finding out that the objects are not needed.</summary>
        private static object s_filler;

        private readonly int _variation;

        public AllocationProbe()
        {
            int least = int.MaxValue;
            int most = 0;

            for (int i = 0; i < 8; i++)
            {
                Collect();

                int count = Collect();

                // The first rounds settle the heap.
                if (i >= 4)
                {
                    least = count < least ? count : least;
                    most = count > most ? count : most;
                }
            }

            _variation = most - least;
        }

        /// <summary>
        /// Whether running the operation allocates anything, on the average one object per run or more; of a long operation that is
        /// run twice only, as many objects as the heap's appetite varies by.
        /// </summary>
        public bool Allocates(Operation operation)
        {
            operation.Setup();
            operation.Run();
            Collect();

            // The interpreter takes stack frames from the heap as well, and keeps them until a collection: so much does not count.
            WeakReference canary = Canary();

            operation.Run();

            long end = DateTime.UtcNow.Ticks;
            int room = Fill(canary);
            int least = operation.IsLong ? 2 : 2 * _variation + 64;
            int untimed = operation.IsLong ? 0 : 15;
            int runs = 0;

            canary = Canary();
            end = DateTime.UtcNow.Ticks + Duration;

            while (runs < room && ((runs & untimed) != 0 || DateTime.UtcNow.Ticks < end || runs < least))
            {
                operation.Run();
                runs++;
            }

            if (runs == 0 || !canary.IsAlive)
            {
                return true;
            }

            int left = Fill(canary);

            return left < room - (runs - 1) / 2 - _variation;
        }

        /// <summary>How many smallest objects it takes until a collection.</summary>
        private static int Collect()
        {
            return Fill(Canary());
        }

        private static int Fill(WeakReference canary)
        {
            int count = 0;

            while (canary.IsAlive)
            {
                s_filler = new object();
                count++;
            }

            return count;
        }

        private static WeakReference Canary()
        {
            return new WeakReference(new object());
        }
    }
}
