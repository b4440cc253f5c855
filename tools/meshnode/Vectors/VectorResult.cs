using System.Collections.Generic;

namespace MeshNode.Tool.Vectors;

/// <summary>What became of one vector, or of a file that could not be used.</summary>
/// <param name="Kind">Its kind, or its receiver followed by "(receive)".</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="NotCompared">Members of its <c>out</c> that nothing was compared with.</param>
internal sealed record VectorResult(string File, string Id, string Kind, VectorOutcome Outcome, string Message, IReadOnlyList<string> NotCompared);
