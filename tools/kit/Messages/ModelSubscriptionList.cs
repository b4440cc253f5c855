using System;
using System.Collections.Generic;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config SIG Model Subscription List or Config Vendor Model Subscription List.</summary>
public sealed record ModelSubscriptionList(ConfigurationStatus Status, int ElementAddress, ModelId Model, IReadOnlyList<int> Addresses)
    : IStatusMessage<ModelSubscriptionList>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelSubscriptionList? Decode(ReadOnlySpan<byte> payload)
    {
        bool vendor = MessageReader.OpcodeOf(payload) == ConfigurationOpcode.VendorModelSubscriptionList;
        MessageReader reader = new(payload, vendor ? ConfigurationOpcode.VendorModelSubscriptionList : ConfigurationOpcode.SigModelSubscriptionList);
        ModelSubscriptionList list = new(
            reader.Status(), reader.UInt16(), vendor ? reader.VendorModel() : ModelId.Sig(reader.UInt16()), reader.Addresses());

        return reader.IsComplete ? list : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        MessageReader reader = MessageReader.Of(request);

        return reader.UInt16() == ElementAddress && reader.LastModel() == Model;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(Model.IsSig ? ConfigurationOpcode.SigModelSubscriptionList : ConfigurationOpcode.VendorModelSubscriptionList)
            .Octet((int)Status).UInt16(ElementAddress).Model(Model);

        foreach (int address in Addresses)
        {
            writer.UInt16(address);
        }

        return writer.ToArray();
    }
}
