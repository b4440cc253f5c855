using System;
using System.Collections.Generic;

namespace MeshNode.Kit.Messages;

/// <summary>Config SIG Model App List or Config Vendor Model App List.</summary>
public sealed record ModelAppList(StatusCode Status, int ElementAddress, ModelId Model, IReadOnlyList<int> AppKeyIndexes)
    : IStatusMessage<ModelAppList>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelAppList? Decode(ReadOnlySpan<byte> payload)
    {
        bool vendor = MessageReader.OpcodeOf(payload) == Opcodes.ConfigVendorModelAppList;
        MessageReader reader = new(payload, vendor ? Opcodes.ConfigVendorModelAppList : Opcodes.ConfigSigModelAppList);
        ModelAppList list = new(
            reader.Status(), reader.UInt16(), vendor ? reader.VendorModel() : ModelId.Sig(reader.UInt16()), reader.KeyIndexList());

        return reader.IsComplete ? list : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Model.IsSig ? Opcodes.ConfigSigModelAppList : Opcodes.ConfigVendorModelAppList)
            .Octet((int)Status).UInt16(ElementAddress).Model(Model).KeyIndexList(AppKeyIndexes).ToArray();
    }
}
