using System;
using System.IO;
using Spectre.Console;

namespace MeshNode.Tool.Client;

/// <summary>Where the passphrase of a database comes from: a file, the environment, or the user.</summary>
internal static class Passphrase
{
    private const string Variable = "MESHNODE_PASSPHRASE";

    /// <summary>Reads it.</summary>
    /// <param name="isNew">Whether it is for a new database: the user has to type it twice.</param>
    public static string Read(ClientSettings settings, bool isNew)
    {
        if (settings.PassphraseFile is { } file)
        {
            try
            {
                return Required(File.ReadAllText(file).TrimEnd('\r', '\n'));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure(ExitCode.Database, $"{file} cannot be read.", "Name another file with --passphrase-file.");
            }
        }

        if (Environment.GetEnvironmentVariable(Variable) is { } value)
        {
            return Required(value);
        }

        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new CommandFailure(ExitCode.Database, "The passphrase is missing.", $"Set {Variable}, or name a file with --passphrase-file.");
        }

        string typed = AnsiConsole.Prompt(new TextPrompt<string>("Passphrase:").Secret());

        if (isNew && AnsiConsole.Prompt(new TextPrompt<string>("Once more:").Secret()) != typed)
        {
            throw new CommandFailure(ExitCode.Database, "The two are not the same.", "Try again.");
        }

        return Required(typed);
    }

    private static string Required(string passphrase)
    {
        return passphrase.Length > 0 ? passphrase : throw new CommandFailure(ExitCode.Database, "The passphrase is empty.", "Choose one that nobody guesses.");
    }
}
