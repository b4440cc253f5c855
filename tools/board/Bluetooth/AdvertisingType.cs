namespace MeshNode.Board.Bluetooth;

/// <summary>Type of an advertising PDU, with the numbers of a report.</summary>
public enum AdvertisingType
{
    /// <summary>ADV_IND.</summary>
    Connectable = 0,

    /// <summary>ADV_DIRECT_IND.</summary>
    Directed = 1,

    /// <summary>ADV_SCAN_IND: scannable, so no bearer of mesh PDUs.</summary>
    Scannable = 2,

    /// <summary>ADV_NONCONN_IND.</summary>
    NonConnectable = 3,

    /// <summary>SCAN_RSP.</summary>
    ScanResponse = 4,
}
