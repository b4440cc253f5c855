using System.IO;
using System.Text.Json.Nodes;

namespace MeshNode.Tool.Client;

/// <summary>What a command says: lines for people, or an object in a line for scripts.</summary>
/// <param name="json">Whether for scripts.</param>
internal sealed class Output(TextWriter writer, bool json)
{
    /// <summary>Whether objects are written.</summary>
    public bool IsJson => json;

    /// <summary>A result.</summary>
    public void Result(string text, JsonObject value)
    {
        Write(json ? value.ToJsonString() : text);
    }

    /// <summary>How far something is that takes a while.</summary>
    public void Progress(string text)
    {
        Write(json ? new JsonObject { ["progress"] = text }.ToJsonString() : text);
    }

    /// <summary>An error and what to do.</summary>
    public void Error(CommandFailure failure)
    {
        Write(json
            ? new JsonObject { ["error"] = failure.Message, ["advice"] = failure.Advice, ["exitCode"] = failure.ExitCode }.ToJsonString()
            : $"{failure.Message}\n{failure.Advice}");
    }

    // Names come from others' databases: they must not command the terminal.
    private void Write(string line)
    {
        writer.WriteLine(string.Create(line.Length, line, static (characters, text) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                characters[i] = char.IsControl(text[i]) && text[i] != '\n' ? '?' : text[i];
            }
        }));
        writer.Flush();
    }
}
