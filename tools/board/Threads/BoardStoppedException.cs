using System;

namespace MeshNode.Board.Threads;

/// <summary>Unwinds a thread of a board that has lost its power or was reset. Whoever catches it gets it again at the next call.</summary>
internal sealed class BoardStoppedException : Exception;
