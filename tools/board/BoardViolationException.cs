using System;
using System.Collections.Generic;

namespace MeshNode.Board;

/// <summary>An application has broken rules of the stock stack.</summary>
public sealed class BoardViolationException(string board, IEnumerable<Violation> violations)
    : Exception($"{board}: {string.Join("; ", violations)}");
