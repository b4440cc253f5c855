namespace MeshNode.Storage
{
    /// <summary>Why the application restarts the chip.</summary>
    internal static class RestartReason
    {
        /// <summary>It does not.</summary>
        public const int None = 0;

        /// <summary>Native memory runs out.</summary>
        public const int NativeMemory = 1;

        /// <summary>The library cannot create services any more.</summary>
        public const int Services = 2;

        /// <summary>What the log says.</summary>
        public static string NameOf(int reason)
        {
            return reason == NativeMemory ? "native memory runs out" : reason == Services ? "no more services can be created" : "unknown reason";
        }
    }
}
