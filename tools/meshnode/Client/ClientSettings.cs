using System;
using System.IO;

namespace MeshNode.Tool.Client;

/// <summary>Which network a command is about, and how its nodes are reached.</summary>
/// <param name="Database">Path of the encrypted database.</param>
/// <param name="PassphraseFile">File with the passphrase, or null.</param>
/// <param name="LedgerFolder">Folder of the ledger, or null for the user's.</param>
/// <param name="WitnessFolder">Folder of its second copy, or null for the user's.</param>
/// <param name="UdpPort">Port of the advertising bearer, 0 for none.</param>
/// <param name="GattPort">Port of the GATT bearer, 0 for none.</param>
/// <param name="Mtu">ATT_MTU.</param>
/// <param name="Proxies">How many proxies are used at the same time.</param>
/// <param name="Timeout">Milliseconds that an answer is waited for before the message is sent again.</param>
/// <param name="Tries">How often a message is sent.</param>
/// <param name="IvIndex">The IV Index when no beacon tells it, or null.</param>
internal sealed record ClientSettings(
    string Database,
    string? PassphraseFile,
    string? LedgerFolder,
    string? WitnessFolder,
    int UdpPort,
    int GattPort,
    int Mtu,
    int Proxies,
    int Timeout,
    int Tries,
    uint? IvIndex)
{
    private const string LedgerFile = "ledger.db";
    private const string LedgerVariable = "MESHNODE_LEDGER";
    private const string WitnessVariable = "MESHNODE_WITNESS";

    /// <summary>One copy of the ledger.</summary>
    public string LedgerPath => Path.Combine(
        LedgerFolder ?? Variable(LedgerVariable) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "meshnode"), LedgerFile);

    /// <summary>The other, where what holds settings is: seldom restored together with data.</summary>
    public string WitnessPath => Path.Combine(WitnessFolder ?? Variable(WitnessVariable) ?? StateFolder(), LedgerFile);

    private static string? Variable(string name)
    {
        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
    }

    private static string StateFolder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string state = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : Variable("XDG_STATE_HOME") ?? Path.Combine(home, ".local", "state");

        return Path.Combine(state, "meshnode");
    }
}
