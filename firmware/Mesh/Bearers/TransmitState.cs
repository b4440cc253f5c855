namespace MeshNode.Bearers
{
    /// <summary>
    /// A Network Transmit or Relay Retransmit state: how often and how fast a PDU is sent. One octet, as in the messages that set it. See Mesh
    /// Protocol 1.1, sections 4.2.19 and 4.2.20.
    /// </summary>
    public static class TransmitState
    {
        /// <summary>A PDU is sent once.</summary>
        public const int Once = 1 << CountBits;

        /// <summary>A PDU is sent three times, 20 ms apart.</summary>
        public const int ThreeTimes = Once | 2;

        private const int CountBits = 3;
        private const int CountMask = 0x07;
        private const int StepMilliseconds = 10;

        /// <summary>The state.</summary>
        /// <param name="count">Retransmissions, 0 to 7; a PDU is sent once more than this.</param>
        /// <param name="intervalSteps">Interval steps, 0 to 31; two transmissions are (steps + 1) * 10 ms apart.</param>
        public static int Of(int count, int intervalSteps)
        {
            return (intervalSteps << CountBits) | count;
        }

        /// <summary>How often a PDU is sent, 1 to 8.</summary>
        public static int Transmissions(int state)
        {
            return (state & CountMask) + 1;
        }

        /// <summary>Milliseconds between two transmissions, 10 to 320.</summary>
        public static int Interval(int state)
        {
            return ((state >> CountBits) + 1) * StepMilliseconds;
        }
    }
}
