namespace MeshNode.Bearers
{
    /// <summary>
    /// A Network Transmit or Relay Retransmit state: how often and how fast a PDU is sent. See Mesh Protocol 1.1,
    /// section 4.2.
    /// </summary>
    public sealed class TransmitState
    {
        /// <summary>Retransmissions, 0 to 7; a PDU is sent once more than this.</summary>
        public int Count;

        /// <summary>Interval steps, 0 to 31; two transmissions are (steps + 1) * 10 ms apart.</summary>
        public int IntervalSteps;

        /// <param name="count">Retransmissions, 0 to 7.</param>
        /// <param name="intervalSteps">Interval steps, 0 to 31.</param>
        public TransmitState(int count, int intervalSteps)
        {
            Count = count;
            IntervalSteps = intervalSteps;
        }
    }
}
