namespace MeshNode.Board.Bluetooth;

/// <summary>What a connection can carry.</summary>
/// <param name="Interval">Milliseconds between two connection events.</param>
/// <param name="NotificationsPerEvent">Notifications that one connection event carries.</param>
/// <param name="SupervisionTimeout">Milliseconds after which a dead link is noticed.</param>
public sealed record LinkParameters(int Interval = 15, int NotificationsPerEvent = 4, int SupervisionTimeout = 4000);
