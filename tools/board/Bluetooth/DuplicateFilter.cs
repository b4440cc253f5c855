using System.Collections.Generic;

namespace MeshNode.Board.Bluetooth;

/// <summary>
/// The controller's duplicate filter: lets one report of each advertiser through until the scan is started anew. See ble.md section 4.
/// </summary>
/// <remarks>A full list forgets its oldest entry.</remarks>
internal sealed class DuplicateFilter(DuplicateKey key, int capacity)
{
    private readonly HashSet<(ulong Address, int Type)> _known = [];
    private readonly Queue<(ulong Address, int Type)> _order = new();

    public void Clear()
    {
        _known.Clear();
        _order.Clear();
    }

    /// <returns>Whether the report goes to the host.</returns>
    public bool Accept(AdvertisingPdu pdu)
    {
        int type = key == DuplicateKey.Address ? 0 : ((int)pdu.Type << 1) | (pdu.IsRandomAddress ? 1 : 0);
        (ulong, int) entry = (pdu.Address, type);

        if (!_known.Add(entry))
        {
            return false;
        }

        if (_order.Count == capacity)
        {
            _known.Remove(_order.Dequeue());
        }

        _order.Enqueue(entry);

        return true;
    }
}
