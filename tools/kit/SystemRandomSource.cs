using System;
using System.Security.Cryptography;
using MeshNode.Crypto;

namespace MeshNode.Kit;

/// <summary>The operating system's generator, which is fit for keys.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
    }
}
