using MeshNode.Bearers;

namespace MeshNode;

/// <summary>The advertising bearer of one node of a <see cref="SoakRadio"/>. It takes one payload at a time.</summary>
internal sealed class SoakBearer(SoakRadio radio, int sender) : IAdvertisingBearer
{
    /// <summary>Calls of SetConnectable.</summary>
    public int ConnectableCalls;

    /// <inheritdoc/>
    public int TransmitCredit { get; set; } = 1;

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        TransmitCredit--;
        radio.Put(sender, type, payload, offset, count, transmissions, tag);
    }

    /// <inheritdoc/>
    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
        ConnectableCalls++;
    }
}
