namespace MeshNode.Hardware
{
    /// <summary>What the status LED tells.</summary>
    internal static class LedPattern
    {
        /// <summary>Dark: a node of a network, nobody is connected.</summary>
        public const int Off = 0;

        /// <summary>One flash of 100 ms every two seconds: belongs to no network.</summary>
        public const int Unprovisioned = 1;

        /// <summary>On, with a gap of 100 ms every two seconds: a client is connected.</summary>
        public const int Connected = 2;

        /// <summary>100 ms on, 100 ms off: it is to draw attention.</summary>
        public const int Attention = 3;

        /// <summary>A number of blinks, 500 ms on and 500 ms off, then a pause of 3 seconds: output OOB. See Mesh Protocol 1.1, section 5.4.2.4.</summary>
        public const int Number = 4;

        /// <summary>50 ms on, 50 ms off: it has left its network because the button was held.</summary>
        public const int Reset = 5;

        /// <summary>Three flashes of 200 ms every two seconds: something does not work; see the log.</summary>
        public const int Error = 6;
    }
}
