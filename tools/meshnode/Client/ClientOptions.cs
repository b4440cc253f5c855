using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MeshNode.Bearers;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Storage;

namespace MeshNode.Tool.Client;

/// <summary>The options that the commands of the client have in common.</summary>
internal static class ClientOptions
{
    private const string DatabaseVariable = "MESHNODE_DATABASE";
    private const string UdpVariable = "MESHNODE_UDP";
    private const string GattVariable = "MESHNODE_GATT";
    private const int MillisecondsInSecond = 1000;

    private static readonly Option<string> s_database = Option("--database", $"The encrypted database. Also {DatabaseVariable}.", () => Variable(DatabaseVariable) ?? "mesh.db");
    private static readonly Option<string?> s_passphraseFile = Option<string?>("--passphrase-file", "File with the passphrase. Also MESHNODE_PASSPHRASE.", static () => null);
    private static readonly Option<string?> s_ledger = Option<string?>("--ledger", "Folder of the ledger of sequence numbers. Also MESHNODE_LEDGER.", static () => null);
    private static readonly Option<string?> s_witness = Option<string?>("--witness", "Folder of its second copy. Also MESHNODE_WITNESS.", static () => null);
    private static readonly Option<bool> s_json = Option("--json", "One JSON object in a line, for scripts.", static () => false);
    private static readonly Option<int> s_udp = Option("--udp", $"Port of the advertising bearer, as given to 'meshnode run'. Also {UdpVariable}.", static () => Number(UdpVariable));
    private static readonly Option<int> s_gatt = Option("--gatt", $"Port of the GATT bearer, as given to 'meshnode run'. Also {GattVariable}.", static () => Number(GattVariable));
    private static readonly Option<int> s_mtu = Option("--mtu", "ATT_MTU, 23 to 517.", static () => GattService.MaxMtu);
    private static readonly Option<int> s_proxies = Option("--proxies", "Proxies that are connected at the same time, 1 or 2.", static () => 1);
    private static readonly Option<double> s_timeout = Option("--timeout", "Seconds that an answer is waited for before the message is sent again.", static () => 4.0);
    private static readonly Option<int> s_tries = Option("--tries", "How often a message is sent.", static () => 3);
    private static readonly Option<uint?> s_ivIndex = Option<uint?>("--iv-index", "IV Index of an imported network, when no beacon tells it.", static () => null);

    /// <summary>Makes a command that uses the database.</summary>
    /// <param name="reaches">Whether it reaches nodes as well.</param>
    /// <param name="run">Carries it out.</param>
    public static Command Command(string name, string description, bool reaches, TextWriter writer, IEnumerable<Symbol> symbols, Func<Invocation, int> run)
    {
        Command command = new(name, description);

        foreach (Symbol symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Add(argument);
                    break;

                case System.CommandLine.Option option:
                    command.Add(option);
                    break;
            }
        }

        foreach (System.CommandLine.Option option in reaches
            ? new System.CommandLine.Option[] { s_database, s_passphraseFile, s_ledger, s_witness, s_udp, s_gatt, s_mtu, s_proxies, s_timeout, s_tries, s_ivIndex, s_json }
            : [s_database, s_passphraseFile, s_ledger, s_witness, s_json])
        {
            command.Add(option);
        }

        command.SetAction((result, cancellation) => Task.Run(() => Guard(new Output(writer, result.GetValue(s_json)), output => run(new Invocation(result, Read(result, reaches), output, cancellation))), CancellationToken.None));

        return command;
    }

    /// <summary>Makes an option.</summary>
    public static Option<T> Option<T>(string name, string description, Func<T> value)
    {
        return new Option<T>(name) { Description = description, DefaultValueFactory = _ => value() };
    }

    private static ClientSettings Read(ParseResult result, bool reaches)
    {
        return new ClientSettings(
            result.GetRequiredValue(s_database),
            result.GetValue(s_passphraseFile),
            result.GetValue(s_ledger),
            result.GetValue(s_witness),
            reaches ? Port(result, s_udp) : 0,
            reaches ? Port(result, s_gatt) : 0,
            reaches ? Math.Clamp(result.GetValue(s_mtu), GattService.MinMtu, GattService.MaxMtu) : 0,
            reaches ? Math.Clamp(result.GetValue(s_proxies), 1, 2) : 0,
            reaches ? (int)(Math.Clamp(result.GetValue(s_timeout), 0.1, 3600) * MillisecondsInSecond) : 0,
            reaches ? Math.Clamp(result.GetValue(s_tries), 1, 100) : 0,
            reaches ? result.GetValue(s_ivIndex) : null);
    }

    private static int Port(ParseResult result, Option<int> option)
    {
        return Values.Number(result.GetValue(option).ToString(CultureInfo.InvariantCulture), 0, IPEndPoint.MaxPort, option.Name);
    }

    private static int Guard(Output output, Func<Output, int> run)
    {
        try
        {
            return run(output);
        }
        catch (CommandFailure e)
        {
            return Fail(output, e);
        }
        catch (LedgerException e)
        {
            return Fail(output, Session.Explain(e));
        }
        catch (DatabaseFormatException e)
        {
            return Fail(output, new CommandFailure(ExitCode.Database, e.Message, "Export it anew; version 1.0.1 of the Mesh Configuration Database is read, and what came before it."));
        }
        catch (StoreException e)
        {
            return Fail(output, new CommandFailure(ExitCode.Database, e.Message, "Look after the folder's permissions and the space on the disk."));
        }
        catch (SocketException e)
        {
            return Fail(output, new CommandFailure(ExitCode.Usage, $"The bearer cannot be used: {e.Message}.", "See whether this user may use the ports of --udp and --gatt."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(output, new CommandFailure(ExitCode.Database, e.Message, "Name another file."));
        }
    }

    private static int Fail(Output output, CommandFailure failure)
    {
        output.Error(failure);

        return failure.ExitCode;
    }

    private static string? Variable(string name)
    {
        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
    }

    private static int Number(string name)
    {
        return int.TryParse(Variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
