using System;
using System.Security.Cryptography;
using MeshNode.Crypto;

namespace MeshNode.Tool.Run;

/// <summary>The operating system's generator.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
    }
}
