using System;

namespace MeshNode.Kit.Messages;

/// <summary>A message that a server answers with or publishes.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
public interface IStatusMessage<TSelf>
    where TSelf : class, IStatusMessage<TSelf>
{
    /// <summary>Reads an access payload, opcode included. Reserved bits are ignored.</summary>
    /// <returns><see langword="null"/> when it is another message, or its length cannot be.</returns>
    static abstract TSelf? Decode(ReadOnlySpan<byte> payload);

    /// <summary>The access payload, opcode included.</summary>
    byte[] Encode();
}
