using MeshNode.LowerTransport;

namespace MeshNode.Kit.Messages;

/// <summary>The messages of a SAR Configuration Client. See Mesh Protocol 1.1, section 4.3.5 (SAR Configuration messages).</summary>
public static class SarConfigurationMessages
{
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
