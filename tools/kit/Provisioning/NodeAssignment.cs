namespace MeshNode.Kit.Provisioning;

/// <summary>What a device is given to become a node. See Mesh Protocol 1.1, section 5.4.2.5.</summary>
/// <param name="NetKey">16 octets.</param>
/// <param name="KeyRefresh">Whether the subnet is in Phase 2 of a key refresh, with this as its new key.</param>
/// <param name="UnicastAddress">Of the primary element.</param>
public sealed record NodeAssignment(byte[] NetKey, int NetKeyIndex, bool KeyRefresh, bool IvUpdate, uint IvIndex, int UnicastAddress);
