namespace MeshNode.Kit.Client;

/// <summary>A message that nobody has asked for: a publication.</summary>
/// <param name="Key">AppKey Index, or one of <see cref="Access.AccessKey"/>.</param>
/// <param name="Payload">Opcode and parameters.</param>
public sealed record ReceivedMessage(int Source, int Destination, int Key, byte[] Payload);
