using System;

namespace MeshNode.Tool.Client;

/// <summary>A command cannot be carried out.</summary>
/// <param name="exitCode">See <see cref="ExitCode"/>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="advice">What to do.</param>
internal sealed class CommandFailure(int exitCode, string message, string advice) : Exception(message)
{
    /// <summary>See <see cref="Client.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do.</summary>
    public string Advice { get; } = advice;
}
