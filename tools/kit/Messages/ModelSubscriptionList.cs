using System;
using System.Collections.Generic;

namespace MeshNode.Kit.Messages;

/// <summary>Config SIG Model Subscription List or Config Vendor Model Subscription List.</summary>
public sealed record ModelSubscriptionList(StatusCode Status, int ElementAddress, ModelId Model, IReadOnlyList<int> Addresses)
    : IStatusMessage<ModelSubscriptionList>, IHasStatusCode
{
    /// <inheritdoc/>
    public static ModelSubscriptionList? Decode(ReadOnlySpan<byte> payload)
    {
        bool vendor = MessageReader.OpcodeOf(payload) == Opcodes.ConfigVendorModelSubscriptionList;
        MessageReader reader = new(payload, vendor ? Opcodes.ConfigVendorModelSubscriptionList : Opcodes.ConfigSigModelSubscriptionList);
        ModelSubscriptionList list = new(
            reader.Status(), reader.UInt16(), vendor ? reader.VendorModel() : ModelId.Sig(reader.UInt16()), reader.Addresses());

        return reader.IsComplete ? list : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(Model.IsSig ? Opcodes.ConfigSigModelSubscriptionList : Opcodes.ConfigVendorModelSubscriptionList)
            .Octet((int)Status).UInt16(ElementAddress).Model(Model);

        foreach (int address in Addresses)
        {
            writer.UInt16(address);
        }

        return writer.ToArray();
    }
}
