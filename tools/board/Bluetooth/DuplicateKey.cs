namespace MeshNode.Board.Bluetooth;

/// <summary>What a controller's duplicate filter tells adverts apart by. See ble.md section 4.</summary>
public enum DuplicateKey
{
    /// <summary>The advertiser's address.</summary>
    Address,

    /// <summary>The address, its type, and the type of the PDU.</summary>
    AddressAndType,
}
