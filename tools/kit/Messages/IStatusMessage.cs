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

    /// <summary>
    /// Whether it may be the answer to a request, and not one to an earlier request that was asked twice or given up: the keys, elements and models are the same.
    /// </summary>
    /// <param name="request">The access payload of a request that is answered with this message, opcode included.</param>
    bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        return true;
    }

    /// <summary>The access payload, opcode included.</summary>
    byte[] Encode();
}
