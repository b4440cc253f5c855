namespace MeshNode.Board;

/// <summary>A line on the board's debug channel.</summary>
/// <param name="Time">When, in milliseconds of the board's clock.</param>
public readonly record struct LogLine(long Time, string Text);
