namespace MeshNode.Simulation;

/// <summary>What a GATT connection can carry.</summary>
/// <param name="ConnectionInterval">Milliseconds between two connection events.</param>
/// <param name="NotificationQueue">Notifications that can wait in the server's controller.</param>
public sealed record GattParameters(int ConnectionInterval = 15, int NotificationQueue = 4);
