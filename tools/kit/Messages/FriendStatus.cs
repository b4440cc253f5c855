using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Friend Status.</summary>
public sealed record FriendStatus(int Friend) : IStatusMessage<FriendStatus>
{
    /// <inheritdoc/>
    public static FriendStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.FriendStatus);
        FriendStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.FriendStatus).Octet(Friend).ToArray();
    }
}
