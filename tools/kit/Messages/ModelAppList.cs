using System;
using System.Collections.Generic;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config SIG Model App List or Config Vendor Model App List.</summary>
public sealed record ModelAppList(ConfigurationStatus Status, int ElementAddress, ModelId Model, IReadOnlyList<int> AppKeyIndexes)
    : IStatusMessage<ModelAppList>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelAppList? Decode(ReadOnlySpan<byte> payload)
    {
        bool vendor = MessageReader.OpcodeOf(payload) == ConfigurationOpcode.VendorModelAppList;
        MessageReader reader = new(payload, vendor ? ConfigurationOpcode.VendorModelAppList : ConfigurationOpcode.SigModelAppList);
        ModelAppList list = new(
            reader.Status(), reader.UInt16(), vendor ? reader.VendorModel() : ModelId.Sig(reader.UInt16()), reader.KeyIndexList());

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
        return new MessageWriter(Model.IsSig ? ConfigurationOpcode.SigModelAppList : ConfigurationOpcode.VendorModelAppList)
            .Octet((int)Status).UInt16(ElementAddress).Model(Model).KeyIndexList(AppKeyIndexes).ToArray();
    }
}
