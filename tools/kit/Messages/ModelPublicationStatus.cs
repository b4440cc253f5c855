using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Model Publication Status.</summary>
public sealed record ModelPublicationStatus(ConfigurationStatus Status, int ElementAddress, int PublishAddress, PublicationParameters Parameters, ModelId Model)
    : IStatusMessage<ModelPublicationStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelPublicationStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.ModelPublicationStatus);
        ModelPublicationStatus status = new(
            reader.Status(), reader.UInt16(), reader.UInt16(), PublicationParameters.Read(ref reader), reader.LastModel());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        MessageReader reader = MessageReader.Of(request);
        bool plain = Status == ConfigurationStatus.Success && MessageReader.OpcodeOf(request) == ConfigurationOpcode.ModelPublicationSet;

        return reader.UInt16() == ElementAddress && (!plain || reader.UInt16() == PublishAddress) && reader.ModelAtEnd(Model.IsSig) == Model;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(ConfigurationOpcode.ModelPublicationStatus).Octet((int)Status).UInt16(ElementAddress).UInt16(PublishAddress);

        return Parameters.Write(writer).Model(Model).ToArray();
    }
}
