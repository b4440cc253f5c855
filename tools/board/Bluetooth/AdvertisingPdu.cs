namespace MeshNode.Board.Bluetooth;

/// <summary>An advert in the air.</summary>
/// <param name="Address">Of the advertiser, 48 bits.</param>
/// <param name="IsRandomAddress">Whether the address is a random one rather than public.</param>
/// <param name="Data">Advertising data, at most 31 octets; not to be changed.</param>
/// <param name="Rssi">In dBm.</param>
public sealed record AdvertisingPdu(ulong Address, bool IsRandomAddress, AdvertisingType Type, byte[] Data, sbyte Rssi = -60);
