using System;

namespace MeshNode.Tool.Vectors;

/// <summary>A vector asks for something that the firmware does not have.</summary>
internal sealed class VectorSkippedException(string reason) : Exception(reason)
{
}
