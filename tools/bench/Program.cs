using System;

namespace MeshNode.Bench
{
    /// <summary>
    /// The benchmark on a device; the desktop runs it through <c>meshnode bench</c>.
    /// </summary>
    public static class Program
    {
        public static void Main()
        {
            BenchmarkRun.Run(Console.WriteLine);
        }
    }
}
