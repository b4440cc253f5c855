namespace MeshNode.Tool.Client;

/// <summary>Exit codes of the commands, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The command line cannot be understood, or names what is not there.</summary>
    public const int Usage = 1;

    /// <summary>A node has refused.</summary>
    public const int Refused = 2;

    /// <summary>Nobody has answered.</summary>
    public const int NoAnswer = 3;

    /// <summary>The database cannot be used.</summary>
    public const int Database = 4;

    /// <summary>The ledger refuses: a SEQ or an address could be used twice.</summary>
    public const int Ledger = 5;

    /// <summary>The device was not provisioned.</summary>
    public const int Provisioning = 6;

    /// <summary>Somebody else sends from the own address.</summary>
    public const int Alarm = 7;
}
