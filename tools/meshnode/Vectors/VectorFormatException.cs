using System;

namespace MeshNode.Tool.Vectors;

/// <summary>A vector is not what its kind asks for.</summary>
internal sealed class VectorFormatException(string message) : Exception(message)
{
}
