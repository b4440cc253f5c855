using System;

namespace MeshNode.Kit.Messages;

/// <summary>Generic Level Status.</summary>
/// <param name="Target">Where the state is going, or <see langword="null"/>.</param>
/// <param name="RemainingTime">How long that takes: 6 bits of steps, 2 of resolution.</param>
public sealed record GenericLevelStatus(int Present, int? Target, int RemainingTime) : IStatusMessage<GenericLevelStatus>
{
    /// <inheritdoc/>
    public static GenericLevelStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.GenericLevelStatus);
        int present = reader.Int16();
        GenericLevelStatus status = reader.Left == 0 ? new(present, null, 0) : new(present, reader.Int16(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(Opcodes.GenericLevelStatus).Int16(Present);

        return (Target is { } target ? writer.Int16(target).Octet(RemainingTime) : writer).ToArray();
    }
}
