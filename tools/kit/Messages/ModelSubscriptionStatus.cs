using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Model Subscription Status.</summary>
public sealed record ModelSubscriptionStatus(ConfigurationStatus Status, int ElementAddress, int Address, ModelId Model) : IStatusMessage<ModelSubscriptionStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelSubscriptionStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.ModelSubscriptionStatus);
        ModelSubscriptionStatus status = new(reader.Status(), reader.UInt16(), reader.UInt16(), reader.LastModel());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        MessageReader reader = MessageReader.Of(request);
        bool plain = MessageReader.OpcodeOf(request)
            is ConfigurationOpcode.ModelSubscriptionAdd or ConfigurationOpcode.ModelSubscriptionDelete or ConfigurationOpcode.ModelSubscriptionOverwrite;

        return reader.UInt16() == ElementAddress && (!plain || reader.UInt16() == Address) && reader.ModelAtEnd(Model.IsSig) == Model;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.ModelSubscriptionStatus).Octet((int)Status).UInt16(ElementAddress).UInt16(Address).Model(Model).ToArray();
    }
}
