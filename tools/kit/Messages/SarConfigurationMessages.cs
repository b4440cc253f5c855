using MeshNode.LowerTransport;

namespace MeshNode.Kit.Messages;

/// <summary>The messages of a SAR Configuration Client. See Mesh Protocol 1.1, section 4.3.5 (SAR Configuration messages).</summary>
public static class SarConfigurationMessages
{
    /// <summary>A SAR Transmitter state. All values are 0 to 15.</summary>
    public static SarTransmitter Transmitter(
        int segmentIntervalStep,
        int unicastRetransmissions,
        int unicastWithoutProgress,
        int unicastIntervalStep,
        int unicastIntervalIncrement,
        int multicastRetransmissions,
        int multicastIntervalStep)
    {
        SarTransmitter state = new();
        byte[] octets =
        [
            (byte)(segmentIntervalStep | (unicastRetransmissions << 4)),
            (byte)(unicastWithoutProgress | (unicastIntervalStep << 4)),
            (byte)(unicastIntervalIncrement | (multicastRetransmissions << 4)),
            (byte)multicastIntervalStep,
        ];
        state.Decode(octets, 0);

        return state;
    }

    /// <summary>A SAR Receiver state.</summary>
    /// <param name="segmentsThreshold">0 to 31.</param>
    /// <param name="delayIncrement">0 to 7.</param>
    /// <param name="retransmissions">0 to 3.</param>
    /// <param name="discardTimeoutStep">0 to 15.</param>
    /// <param name="segmentIntervalStep">0 to 15.</param>
    public static SarReceiver Receiver(int segmentsThreshold, int delayIncrement, int retransmissions, int discardTimeoutStep, int segmentIntervalStep)
    {
        SarReceiver state = new();
        byte[] octets = [(byte)(segmentsThreshold | (delayIncrement << 5)), (byte)(discardTimeoutStep | (segmentIntervalStep << 4)), (byte)retransmissions];
        state.Decode(octets, 0);

        return state;
    }

    public static byte[] TransmitterGet()
    {
        return ConfigurationMessages.Get(Opcodes.SarTransmitterGet);
    }

    public static byte[] TransmitterSet(SarTransmitter state)
    {
        byte[] octets = new byte[SarTransmitter.Size];
        state.Encode(octets, 0);

        return new MessageWriter(Opcodes.SarTransmitterSet).Octets(octets).ToArray();
    }

    public static byte[] ReceiverGet()
    {
        return ConfigurationMessages.Get(Opcodes.SarReceiverGet);
    }

    public static byte[] ReceiverSet(SarReceiver state)
    {
        byte[] octets = new byte[SarReceiver.Size];
        state.Encode(octets, 0);

        return new MessageWriter(Opcodes.SarReceiverSet).Octets(octets).ToArray();
    }
}
