namespace MeshNode.Tool.Demonstration;

/// <summary>Counts the chapters of what is shown, and what was to come true in them.</summary>
internal sealed class Story(DemonstrationReport report)
{
    private int _chapters;

    /// <summary>What was to come true.</summary>
    public int Checks { get; private set; }

    /// <summary>What of that has not.</summary>
    public int Failures { get; private set; }

    /// <summary>Begins a chapter.</summary>
    public void Begin(string title, params string[] text)
    {
        report.Begin(++_chapters, title, text);
    }

    /// <summary>Something was to come true.</summary>
    public void Check(bool ok, string text)
    {
        Checks++;
        Failures += ok ? 0 : 1;
        report.Check(ok, text);
    }
}
