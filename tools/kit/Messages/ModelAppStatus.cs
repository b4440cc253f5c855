using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Model App Status.</summary>
public sealed record ModelAppStatus(ConfigurationStatus Status, int ElementAddress, int AppKeyIndex, ModelId Model) : IStatusMessage<ModelAppStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelAppStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.ModelAppStatus);
        ModelAppStatus status = new(reader.Status(), reader.UInt16(), reader.KeyIndex(), reader.LastModel());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        MessageReader reader = MessageReader.Of(request);

        return reader.UInt16() == ElementAddress && reader.KeyIndex() == AppKeyIndex && reader.LastModel() == Model;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.ModelAppStatus).Octet((int)Status).UInt16(ElementAddress).KeyIndex(AppKeyIndex).Model(Model).ToArray();
    }
}
