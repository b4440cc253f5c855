using System;
using MeshNode.Bearers;
using MeshNode.Proxy;

namespace MeshNode.Simulation;

/// <summary>What the phone's network layer takes for its advertising bearer: cuts each payload into Proxy PDUs and writes them.</summary>
internal sealed class ProxyApplicationBearer : IAdvertisingBearer
{
    /// <summary>The connection to write to, or <see langword="null"/>.</summary>
    public VirtualGattConnection? Connection { get; set; }

    /// <inheritdoc/>
    public int TransmitCredit => Connection is { IsOpen: true } ? 1 : 0;

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        Write(
            type == AdvertisingData.MeshBeacon ? ProxyPduType.MeshBeacon : ProxyPduType.NetworkPdu,
            payload.AsSpan(offset, count).ToArray());
    }

    /// <inheritdoc/>
    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
    }

    /// <summary>Writes a message of any type.</summary>
    public void Write(int type, byte[] message)
    {
        byte[] value = new byte[Connection!.Mtu - GattService.AttHeaderSize];
        int position = 0;

        do
        {
            int count = ProxySegmenter.Encode(type, message, message.Length, position, value, value.Length);
            Connection.Write(value[..count]);
            position += count - 1;
        }
        while (position < message.Length);
    }
}
