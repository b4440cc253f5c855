namespace MeshNode.Board;

/// <summary>Something that the application did to the stock Bluetooth stack and must not do.</summary>
/// <param name="Time">When, in milliseconds of the board's clock.</param>
/// <param name="Section">Section of the Bluetooth facts (ble.md) that forbids it; empty for a rule of the board itself.</param>
public sealed record Violation(long Time, string Section, string Message)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        return Section.Length == 0 ? $"{Time} ms: {Message}" : $"{Time} ms: ble.md section {Section}: {Message}";
    }
}
