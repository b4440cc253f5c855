using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config GATT Proxy Status.</summary>
public sealed record GattProxyStatus(int GattProxy) : IStatusMessage<GattProxyStatus>
{
    /// <inheritdoc/>
    public static GattProxyStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.GattProxyStatus);
        GattProxyStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.GattProxyStatus).Octet(GattProxy).ToArray();
    }
}
