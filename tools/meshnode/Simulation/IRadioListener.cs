using MeshNode.Board.Bluetooth;

namespace MeshNode.Simulation;

/// <summary>Whoever has a <see cref="VirtualAntenna"/>.</summary>
public interface IRadioListener
{
    /// <summary>A non-connectable advert was heard.</summary>
    /// <param name="type">Type of its AD structure.</param>
    /// <param name="payload">The listener's own copy.</param>
    void OnReceived(VirtualAntenna from, int type, byte[] payload);

    /// <summary>A connectable advert was heard.</summary>
    /// <param name="data">Its complete advertising data; not to be changed.</param>
    void OnConnectable(VirtualAntenna from, byte[] data);

    /// <summary>The last transmission of a payload has left the own antenna.</summary>
    void OnSent(int tag);

    /// <summary>Any advert of a board was heard, as it is in the air; malformed ones too.</summary>
    void OnAdvert(VirtualAntenna from, AdvertisingPdu pdu)
    {
        if (pdu.Type == AdvertisingType.Connectable)
        {
            OnConnectable(from, pdu.Data);
        }
        else if (pdu.Type == AdvertisingType.NonConnectable)
        {
            foreach ((int type, byte[] payload) in AdvertisingStructures.Of(pdu.Data))
            {
                OnReceived(from, type, payload);
            }
        }
    }
}
