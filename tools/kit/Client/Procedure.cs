using System;
using System.Collections.Generic;

namespace MeshNode.Kit.Client;

/// <summary>Requests that follow each other, each when the one before has come to an end. Most stop at the first failure.</summary>
public sealed class Procedure
{
    private readonly IEnumerator<Request> _steps;
    private Request? _current;
    private long _now;

    internal Procedure(Func<Procedure, IEnumerable<Request>> steps)
    {
        _steps = steps(this).GetEnumerator();
    }

    /// <summary>Whether it has come to an end.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The request that has failed, or <see langword="null"/>.</summary>
    public Request? Failed { get; private set; }

    /// <summary>Whether all requests have succeeded.</summary>
    public bool Succeeded => IsFinished && Failed == null;

    internal long Now => _now;

    internal void Fail(Request request)
    {
        Failed = request;
    }

    internal void Tick(long now)
    {
        _now = now;

        while (!IsFinished && (_current == null || _current.IsFinished))
        {
            if (_steps.MoveNext())
            {
                _current = _steps.Current;
            }
            else
            {
                IsFinished = true;
            }
        }
    }
}
