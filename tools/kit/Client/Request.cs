using System;
using MeshNode.Network;

namespace MeshNode.Kit.Client;

/// <summary>A message that is answered, and is sent again when it is not. Its state is looked at, there is no callback.</summary>
public abstract class Request
{
    private readonly byte[] _message;

    private protected Request(int destination, int key, byte[] message)
    {
        Destination = destination;
        Key = key;
        _message = message;
    }

    /// <summary>Unicast address of an element.</summary>
    public int Destination { get; }

    /// <summary>AppKey Index, or one of <see cref="Access.AccessKey"/>.</summary>
    public int Key { get; }

    /// <summary>What has become of it.</summary>
    public RequestState State { get; private set; }

    /// <summary>How often it was sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>What the stack has said last.</summary>
    public SendVerdict LastVerdict { get; internal set; }

    /// <summary>Whether it has come to an end.</summary>
    public bool IsFinished => State != RequestState.Waiting;

    /// <summary>The answer, or <see langword="null"/>.</summary>
    public abstract object? Status { get; }

    /// <summary>Whether it was answered, and not with the status code of an error.</summary>
    public abstract bool Succeeded { get; }

    internal ReadOnlySpan<byte> Message => _message;

    internal long Due { get; set; }

    // The message may hold a key.
    internal void Finish(RequestState state)
    {
        State = state;
        Array.Clear(_message);
    }

    internal abstract bool TryAnswer(ReadOnlySpan<byte> payload);
}
