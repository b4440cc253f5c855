using System;
using MeshNode.Kit.Messages;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Client;

/// <summary>A message that is answered with a <typeparamref name="TStatus"/>.</summary>
public sealed class Request<TStatus> : Request
    where TStatus : class, IStatusMessage<TStatus>
{
    internal Request(int destination, int key, byte[] message)
        : base(destination, key, message)
    {
    }

    /// <summary>The answer, or <see langword="null"/>.</summary>
    public TStatus? Answer { get; private set; }

    /// <inheritdoc/>
    public override object? Status => Answer;

    /// <inheritdoc/>
    public override bool Succeeded => Answer != null && (Answer is not IHasStatusCode { Status: not ConfigurationStatus.Success });

    internal override bool TryAnswer(ReadOnlySpan<byte> payload)
    {
        TStatus? answer = TStatus.Decode(payload);
        Answer = answer?.IsAnswerTo(Message) == true ? answer : null;

        return Answer != null;
    }
}
