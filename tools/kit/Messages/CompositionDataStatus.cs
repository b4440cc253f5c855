using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Composition Data Status.</summary>
/// <param name="Page">The page that the node has sent: the largest that is not larger than what was asked for.</param>
/// <param name="Data">Its octets.</param>
public sealed record CompositionDataStatus(int Page, byte[] Data) : IStatusMessage<CompositionDataStatus>
{
    /// <summary>The data of Page 0, or <see langword="null"/>.</summary>
    public CompositionPage0? Page0 => Page == 0 ? CompositionPage0.Decode(Data) : null;

    /// <inheritdoc/>
    public static CompositionDataStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.CompositionDataStatus);
        CompositionDataStatus status = new(reader.Octet(), reader.Rest());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        return MessageReader.Of(request).Octet() >= Page;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.CompositionDataStatus).Octet(Page).Octets(Data).ToArray();
    }
}
