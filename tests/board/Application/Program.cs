using System;

namespace MeshNode.BoardApplication
{
    /// <summary>Entry point.</summary>
    public static class Program
    {
        // For tests that look into the application.
        private static Bearer s_bearer;

        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            int boots = BootCounter.Increment();
            Console.WriteLine("boot " + boots.ToString());
            s_bearer = new Bearer(boots);
            s_bearer.Run();
        }
    }
}
