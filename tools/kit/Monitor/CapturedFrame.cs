namespace MeshNode.Kit.Monitor;

/// <summary>Something that was on the air or on a connection.</summary>
/// <param name="Time">Microseconds since 1970.</param>
/// <param name="Type">AD type of an advert, else 0.</param>
/// <param name="Payload">Payload of the AD structure, complete advertising data, or the value.</param>
/// <param name="Connection">Number of the connection, or of the advertiser.</param>
public sealed record CapturedFrame(long Time, CapturedKind Kind, int Type, byte[] Payload, int Connection);
