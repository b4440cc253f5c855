using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using MeshNode.Network;
using Microsoft.Data.Sqlite;

namespace MeshNode.Kit.Ledger;

/// <summary>
/// What this machine has used in its networks, so that no nonce is used twice: SEQ by IV Index and source, and unicast addresses; and what it has accepted, so that no
/// recording is taken for an answer.
/// </summary>
/// <remarks>
/// Entries are made, in two files in different places, before what they stand for is used; they only ever grow. A process that is killed loses what it has reserved. Processes
/// reserve one after the other, and each holds its source address alone. A copy that is restored from a backup is brought up to the other one. When
/// one copy is missing, no network is used before it is given unicast addresses that this machine has not had: see <see cref="Adopt"/>. Whoever sets back both
/// copies at once, with the whole machine, is beyond what a machine can notice by itself.
/// </remarks>
public sealed class SequenceLedger : IDisposable
{
    private const int ReusableAfter = 2;
    private const int MaxSources = 64;
    private const int LockAttempts = 400;
    private const int LockWait = 25;

    private static readonly string[] s_copies = ["main", "witness"];

    private readonly SqliteConnection _connection;
    private readonly string _locks;

    private SequenceLedger(SqliteConnection connection, string locks)
    {
        _connection = connection;
        _locks = locks;
    }

    /// <summary>What was found when it was opened.</summary>
    public LedgerFinding Finding { get; private set; }

    /// <summary>Opens the ledger, or makes it.</summary>
    /// <param name="path">One copy.</param>
    /// <param name="witnessPath">The other, in a folder that is not restored together with the first.</param>
    /// <exception cref="LedgerException">The files cannot be used.</exception>
    public static SequenceLedger Open(string path, string witnessPath)
    {
        string witnessFolder = Path.GetDirectoryName(Path.GetFullPath(witnessPath))!;
        SqliteConnection? connection = null;

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Directory.CreateDirectory(witnessFolder);
            using FileStream opening = Lock(Path.Combine(witnessFolder, "opening.lock"), LockAttempts)
                ?? throw new LedgerException(LedgerFailure.Storage);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
            connection.Open();
            SequenceLedger ledger = new(connection, Path.Combine(witnessFolder, "sources"));
            Directory.CreateDirectory(ledger._locks);
            ledger.Prepare(witnessPath);

            return ledger;
        }
        catch (Exception e)
        {
            connection?.Dispose();

            if (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new LedgerException(LedgerFailure.Storage, e);
            }

            throw;
        }
    }

    /// <summary>Whether a network may be used.</summary>
    public bool IsTrusted(Guid network)
    {
        return Query("SELECT trusted FROM network WHERE network = $network", ("$network", Id(network))) == 1;
    }

    /// <summary>Whether the network was ever used on this machine.</summary>
    public bool Knows(Guid network)
    {
        return Query("SELECT count(*) FROM network WHERE network = $network", ("$network", Id(network))) > 0;
    }

    /// <summary>
    /// Gives this machine unicast addresses of its own in a network. Whatever it had before is not used any more.
    /// </summary>
    /// <param name="range">Addresses that neither this machine nor another provisioner has given away.</param>
    public void Adopt(Guid network, AddressRange range)
    {
        Change(() =>
        {
            if (AllRanges(network).Any(range.Overlaps))
            {
                throw new ArgumentException("The range overlaps one that this machine has had.", nameof(range));
            }

            (string, object)[] values = [("$network", Id(network)), ("$first", range.First), ("$last", range.Last)];
            Each("INSERT INTO {0}.network VALUES ($network, 1) ON CONFLICT DO UPDATE SET trusted = 1", values);
            Each("UPDATE {0}.source SET retired = 1 WHERE network = $network", values);
            Each("UPDATE {0}.range SET closed = 1 WHERE network = $network", values);
            Each("INSERT INTO {0}.range VALUES ($network, $first, $last, 0)", values);
        });
    }

    /// <summary>The ranges that this machine takes addresses from.</summary>
    public IReadOnlyList<AddressRange> Ranges(Guid network)
    {
        return Read("SELECT first, last FROM range WHERE network = $network AND closed = 0 ORDER BY first", network);
    }

    /// <summary>The ranges that this machine has ever taken addresses from.</summary>
    public IReadOnlyList<AddressRange> AllRanges(Guid network)
    {
        return Read("SELECT first, last FROM range WHERE network = $network ORDER BY first", network);
    }

    /// <summary>Takes unicast addresses that follow each other for a node. None is given again before the IV Index has moved on by two after <see cref="Free"/>.</summary>
    /// <param name="isFree">Whether nobody else has an address, as far as the network's database tells.</param>
    /// <returns>The first.</returns>
    /// <exception cref="LedgerException">There is none, or the network may not be used.</exception>
    public int Allocate(Guid network, int elements, uint ivIndex, Func<int, bool> isFree)
    {
        int? address = null;
        RequireTrust(network);
        Change(() =>
        {
            address = Find(network, elements, ivIndex, isFree);

            if (address is { } found)
            {
                Take(network, found, elements, ivIndex);
            }
        });

        return address ?? throw new LedgerException(LedgerFailure.NoAddress);
    }

    /// <summary>The addresses of a node that was reset or excluded become free when the IV Index has moved on by two.</summary>
    public void Free(Guid network, int address, uint ivIndex)
    {
        Change(() => Each(
            "UPDATE {0}.address SET freed = $iv WHERE network = $network AND address = $address",
            ("$network", Id(network)),
            ("$address", address),
            ("$iv", (long)ivIndex)));
    }

    /// <summary>
    /// Takes a source address for one process: one that this machine has, and no other process holds, or a new one.
    /// </summary>
    /// <param name="isFree">Whether nobody else has an address, as far as the network's database tells.</param>
    /// <exception cref="LedgerException">There is none, or the network may not be used.</exception>
    public SourceLease Acquire(Guid network, uint ivIndex, Func<int, bool> isFree)
    {
        RequireTrust(network);

        foreach (AddressRange own in Read("SELECT address, address FROM source WHERE network = $network AND retired = 0 ORDER BY address", network))
        {
            if (isFree(own.First) && TryHold(network, own.First) is { } held)
            {
                return new SourceLease(this, network, own.First, held);
            }
        }

        for (int attempt = 0; attempt < MaxSources; attempt++)
        {
            int address = Allocate(network, 1, ivIndex, isFree);
            Change(() => Each("INSERT INTO {0}.source VALUES ($network, $address, 0)", ("$network", Id(network)), ("$address", address)));

            if (TryHold(network, address) is { } held)
            {
                return new SourceLease(this, network, address, held);
            }
        }

        throw new LedgerException(LedgerFailure.NoAddress);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
    }

    /// <summary>Enters SEQ as used.</summary>
    /// <returns>The first, and the first behind them: the same when all are used.</returns>
    internal (uint Next, uint Limit) Reserve(Guid network, int source, uint ivIndex, uint count)
    {
        uint next = 0;
        uint limit = 0;
        Change(() =>
        {
            (string, object)[] values = [("$network", Id(network)), ("$source", source), ("$iv", (long)ivIndex)];
            next = Reserved(network, source, ivIndex);
            limit = Math.Min(next + count, SequenceNumber.Max + 1);
            Each(
                "INSERT INTO {0}.sequence VALUES ($network, $source, $iv, $limit) ON CONFLICT DO UPDATE SET next = max(next, excluded.next)",
                [.. values, ("$limit", (long)limit)]);
        });

        return (next, limit);
    }

    /// <summary>The first SEQ that was never reserved.</summary>
    internal uint Reserved(Guid network, int source, uint ivIndex)
    {
        return (uint)Query(
            "SELECT next FROM sequence WHERE network = $network AND source = $source AND iv = $iv",
            ("$network", Id(network)),
            ("$source", source),
            ("$iv", (long)ivIndex)).GetValueOrDefault();
    }

    /// <summary>Gives SEQ back that were not used, if nothing was reserved since.</summary>
    internal void Return(Guid network, int source, uint ivIndex, uint next, uint limit)
    {
        Change(() => Each(
            "UPDATE {0}.sequence SET next = $next WHERE network = $network AND source = $source AND iv = $iv AND next = $limit",
            ("$network", Id(network)),
            ("$source", source),
            ("$iv", (long)ivIndex),
            ("$next", (long)next),
            ("$limit", (long)limit)));
    }

    /// <summary>The last messages that were accepted: of each source IV Index above 24 bits of SEQ.</summary>
    internal IReadOnlyList<(int Source, long Number)> Replays(Guid network)
    {
        return Guard(() =>
        {
            List<(int Source, long Number)> replays = [];
            using SqliteCommand command = Command("SELECT source, number FROM replay WHERE network = $network", ("$network", Id(network)));
            using SqliteDataReader reader = command.ExecuteReader();

            while (reader.Read())
            {
                replays.Add((reader.GetInt32(0), reader.GetInt64(1)));
            }

            return replays;
        });
    }

    /// <summary>Enters the last messages that were accepted.</summary>
    internal void Keep(Guid network, IReadOnlyList<(int Source, long Number)> replays)
    {
        Change(() =>
        {
            foreach ((int source, long number) in replays)
            {
                Each(
                    "INSERT INTO {0}.replay VALUES ($network, $source, $number) ON CONFLICT DO UPDATE SET number = max(number, excluded.number)",
                    ("$network", Id(network)),
                    ("$source", source),
                    ("$number", number));
            }
        });
    }

    /// <summary>A source address is not used any more.</summary>
    internal void Retire(Guid network, int source)
    {
        Change(() => Each(
            "UPDATE {0}.source SET retired = 1 WHERE network = $network AND address = $address", ("$network", Id(network)), ("$address", source)));
    }

    private static string Id(Guid network)
    {
        return network.ToString("N");
    }

    private static FileStream? Lock(string path, int attempts)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (i + 1 >= attempts)
                {
                    return null;
                }
            }

            Thread.Sleep(LockWait);
        }
    }

    // The operating system lets go of the lock when the process ends, however it ends.
    private FileStream? TryHold(Guid network, int address)
    {
        return Lock(Path.Combine(_locks, $"{Id(network)}-{address:x4}"), 1);
    }

    private void Prepare(string witnessPath)
    {
        Execute("ATTACH DATABASE $path AS witness", ("$path", Path.GetFullPath(witnessPath)));

        // A rollback journal, since a transaction over several files is atomic with no other; EXTRA waits for the folder as well.
        foreach (string copy in s_copies)
        {
            Execute($"PRAGMA {copy}.journal_mode = DELETE");
            Execute($"PRAGMA {copy}.synchronous = EXTRA");
        }

        Change(() =>
        {
            Each("CREATE TABLE IF NOT EXISTS {0}.meta (ledger TEXT NOT NULL, opened INTEGER NOT NULL)");
            Each("CREATE TABLE IF NOT EXISTS {0}.network (network TEXT PRIMARY KEY, trusted INTEGER NOT NULL)");
            Each("CREATE TABLE IF NOT EXISTS {0}.range (network TEXT, first INTEGER, last INTEGER, closed INTEGER NOT NULL, PRIMARY KEY (network, first, last))");
            Each("CREATE TABLE IF NOT EXISTS {0}.source (network TEXT, address INTEGER, retired INTEGER NOT NULL, PRIMARY KEY (network, address))");
            Each("CREATE TABLE IF NOT EXISTS {0}.address (network TEXT, address INTEGER, elements INTEGER NOT NULL, taken INTEGER NOT NULL, freed INTEGER, PRIMARY KEY (network, address))");
            Each("CREATE TABLE IF NOT EXISTS {0}.sequence (network TEXT, source INTEGER, iv INTEGER, next INTEGER NOT NULL, PRIMARY KEY (network, source, iv))");
            Each("CREATE TABLE IF NOT EXISTS {0}.replay (network TEXT, source INTEGER, number INTEGER NOT NULL, PRIMARY KEY (network, source))");
            Finding = Compare();
            Merge("main", "witness");
            Merge("witness", "main");

            if (Finding == LedgerFinding.Lost)
            {
                Each("UPDATE {0}.network SET trusted = 0");
            }

            Renew();
        });
    }

    private LedgerFinding Compare()
    {
        (string Ledger, long Opened)? main = ReadMeta("main");
        (string Ledger, long Opened)? witness = ReadMeta("witness");

        if (main == null && witness == null)
        {
            return LedgerFinding.New;
        }

        if (main == null || witness == null || main.Value.Ledger != witness.Value.Ledger)
        {
            return LedgerFinding.Lost;
        }

        return main.Value.Opened == witness.Value.Opened ? LedgerFinding.Whole : LedgerFinding.Merged;
    }

    private (string Ledger, long Opened)? ReadMeta(string copy)
    {
        using SqliteCommand command = Command($"SELECT ledger, opened FROM {copy}.meta");
        using SqliteDataReader reader = command.ExecuteReader();

        return reader.Read() ? (reader.GetString(0), reader.GetInt64(1)) : null;
    }

    // Entries only grow, so the higher one is the later one.
    private void Merge(string to, string from)
    {
        Execute($"INSERT INTO {to}.network SELECT * FROM {from}.network WHERE true ON CONFLICT DO UPDATE SET trusted = min(trusted, excluded.trusted)");
        Execute($"INSERT INTO {to}.range SELECT * FROM {from}.range WHERE true ON CONFLICT DO UPDATE SET closed = max(closed, excluded.closed)");
        Execute($"INSERT INTO {to}.source SELECT * FROM {from}.source WHERE true ON CONFLICT DO UPDATE SET retired = max(retired, excluded.retired)");
        Execute($"INSERT INTO {to}.sequence SELECT * FROM {from}.sequence WHERE true ON CONFLICT DO UPDATE SET next = max(next, excluded.next)");

        Execute($"INSERT INTO {to}.replay SELECT * FROM {from}.replay WHERE true ON CONFLICT DO UPDATE SET number = max(number, excluded.number)");

        // Taken again after it was free: then free no more.
        Execute($@"INSERT INTO {to}.address SELECT * FROM {from}.address WHERE true ON CONFLICT DO UPDATE SET
            elements = max(elements, excluded.elements),
            freed = CASE WHEN excluded.taken > taken THEN excluded.freed WHEN excluded.taken < taken THEN freed
                ELSE max(coalesce(freed, excluded.freed), coalesce(excluded.freed, freed)) END,
            taken = max(taken, excluded.taken)");
    }

    private void Renew()
    {
        (string Ledger, long Opened)? before = ReadMeta("main");
        bool keep = before != null && Finding is LedgerFinding.Whole or LedgerFinding.Merged;
        long opened = Math.Max(before?.Opened ?? 0, ReadMeta("witness")?.Opened ?? 0) + 1;
        string ledger = keep ? before!.Value.Ledger : Guid.NewGuid().ToString("N");
        Each("DELETE FROM {0}.meta");
        Each("INSERT INTO {0}.meta VALUES ($ledger, $opened)", ("$ledger", ledger), ("$opened", opened));
    }

    private void RequireTrust(Guid network)
    {
        if (!IsTrusted(network))
        {
            throw new LedgerException(Knows(network) ? LedgerFailure.NotTrusted : LedgerFailure.UnknownNetwork);
        }
    }

    private int? Find(Guid network, int elements, uint ivIndex, Func<int, bool> isFree)
    {
        HashSet<int> taken = [];

        foreach (AddressRange used in Read(
            "SELECT address, address + elements - 1 FROM address WHERE network = $network AND (freed IS NULL OR freed + $after > $iv)",
            network,
            ("$after", ReusableAfter),
            ("$iv", (long)ivIndex)))
        {
            for (int address = used.First; address <= used.Last; address++)
            {
                taken.Add(address);
            }
        }

        foreach (AddressRange range in Ranges(network))
        {
            int free = 0;

            for (int address = range.First; address <= range.Last; address++)
            {
                free = taken.Contains(address) || !isFree(address) ? 0 : free + 1;

                if (free == elements)
                {
                    return address - elements + 1;
                }
            }
        }

        return null;
    }

    private void Take(Guid network, int address, int elements, uint ivIndex)
    {
        (string, object)[] values =
        [
            ("$network", Id(network)), ("$address", address), ("$last", address + elements - 1), ("$elements", elements), ("$iv", (long)ivIndex),
        ];

        // Entries that it replaces had become free.
        Each("DELETE FROM {0}.address WHERE network = $network AND address <= $last AND address + elements > $address", values);
        Each("INSERT INTO {0}.address VALUES ($network, $address, $elements, $iv, NULL)", values);
    }

    private void Change(Action change)
    {
        Guard(() =>
        {
            Execute("BEGIN IMMEDIATE");

            try
            {
                change();
                Execute("COMMIT");
            }
            catch
            {
                Execute("ROLLBACK");

                throw;
            }

            return true;
        });
    }

    private void Each(string sql, params (string Name, object Value)[] values)
    {
        foreach (string copy in s_copies)
        {
            Execute(string.Format(null, sql, copy), values);
        }
    }

    private void Execute(string sql, params (string Name, object Value)[] values)
    {
        using SqliteCommand command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private long? Query(string sql, params (string Name, object Value)[] values)
    {
        return Guard(() =>
        {
            using SqliteCommand command = Command(sql, values);

            return command.ExecuteScalar() is long value ? value : (long?)null;
        });
    }

    private static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            throw new LedgerException(LedgerFailure.Storage, e);
        }
    }

    private List<AddressRange> Read(string sql, Guid network, params (string Name, object Value)[] values)
    {
        return Guard(() =>
        {
            List<AddressRange> ranges = [];
            using SqliteCommand command = Command(sql, [("$network", Id(network)), .. values]);
            using SqliteDataReader reader = command.ExecuteReader();

            while (reader.Read())
            {
                ranges.Add(new AddressRange(reader.GetInt32(0), reader.GetInt32(1)));
            }

            return ranges;
        });
    }

    private SqliteCommand Command(string sql, params (string Name, object Value)[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;

        foreach ((string name, object value) in values)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, value);
            }
        }

        return command;
    }
}
