using System;

namespace MeshNode.Kit.Messages;

/// <summary>Generic Default Transition Time Status.</summary>
public sealed record GenericDefaultTransitionTimeStatus(int Time) : IStatusMessage<GenericDefaultTransitionTimeStatus>
{
    /// <inheritdoc/>
    public static GenericDefaultTransitionTimeStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.GenericDefaultTransitionTimeStatus);
        GenericDefaultTransitionTimeStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.GenericDefaultTransitionTimeStatus).Octet(Time).ToArray();
    }
}
