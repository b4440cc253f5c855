using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MeshNode.Crypto;
using MeshNode.Kit.Networks;

namespace MeshNode.Kit.Storage;

/// <summary>A network in an encrypted file: the Mesh Configuration Database, and beside it the IV Index and which provisioner this side is.</summary>
/// <remarks>One process at a time may change it; others may read it meanwhile.</remarks>
public sealed class NetworkStore : IDisposable
{
    private const string Own = "meshnode";

    private readonly string _path;
    private readonly SealedFile _file;
    private FileStream? _lock;
    private string _saved;
    private byte[] _digest;

    private NetworkStore(string path, SealedFile file, MeshNetwork network, FileStream? held, string saved, byte[] content)
    {
        _path = path;
        _file = file;
        _lock = held;
        _saved = saved;
        _digest = SHA256.HashData(content);
        Network = network;
    }

    /// <summary>The network.</summary>
    public MeshNetwork Network { get; private set; }

    /// <summary>Whether this process may change the file.</summary>
    public bool IsExclusive => _lock != null;

    /// <summary>Makes a file.</summary>
    /// <exception cref="StoreException">It is there already, or cannot be written.</exception>
    public static NetworkStore Create(string path, string passphrase, PassphraseCost cost, MeshNetwork network)
    {
        return Guard(() =>
        {
            FileStream held = Lock(path);

            if (File.Exists(path))
            {
                held.Dispose();

                throw new StoreException(StoreFailure.Exists);
            }

            SealedFile file = SealedFile.Create(passphrase, cost);
            string text = Serialize(network);
            byte[] content = file.Encrypt(text);
            PrivateFile.Replace(path, content);

            return new NetworkStore(path, file, network, held, Comparable(text), content);
        });
    }

    /// <summary>Opens a file.</summary>
    /// <param name="exclusive">Whether it is to be changed.</param>
    /// <param name="random">Makes the keys that the network will need later.</param>
    /// <exception cref="StoreException">It cannot be.</exception>
    public static NetworkStore Open(string path, string passphrase, bool exclusive, IRandomSource random)
    {
        return Guard(() =>
        {
            if (!File.Exists(path))
            {
                throw new StoreException(StoreFailure.Missing);
            }

            FileStream? held = exclusive ? Lock(path) : null;

            try
            {
                byte[] content = File.ReadAllBytes(path);
                SealedFile file = SealedFile.Open(content, passphrase, out string text);

                return new NetworkStore(path, file, Deserialize(text, random), held, Comparable(text), content);
            }
            catch
            {
                held?.Dispose();

                throw;
            }
        });
    }

    /// <summary>Writes the network if it has changed.</summary>
    /// <returns>Whether it had.</returns>
    /// <exception cref="StoreException">Another process changes it, or has done so.</exception>
    public bool Save()
    {
        string text = Serialize(Network);

        if (Comparable(text) == _saved)
        {
            return false;
        }

        Guard(() =>
        {
            using FileStream? held = _lock == null ? Lock(_path) : null;

            if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(File.ReadAllBytes(_path)), _digest))
            {
                throw new StoreException(StoreFailure.Changed);
            }

            byte[] content = _file.Encrypt(text);
            PrivateFile.Replace(_path, content);
            _digest = SHA256.HashData(content);
            _saved = Comparable(text);

            return true;
        });

        return true;
    }

    /// <summary>Reads the file again if another process has changed it: <see cref="Network"/> is another object then.</summary>
    /// <param name="random">Makes the keys that the network will need later.</param>
    /// <returns>Whether it has.</returns>
    /// <exception cref="StoreException">It cannot be read, or has another passphrase.</exception>
    public bool Reload(IRandomSource random)
    {
        return Guard(() =>
        {
            byte[] content = File.ReadAllBytes(_path);
            byte[] digest = SHA256.HashData(content);

            if (CryptographicOperations.FixedTimeEquals(digest, _digest))
            {
                return false;
            }

            string text = _file.Decrypt(content);
            Network = Deserialize(text, random);
            _saved = Comparable(text);
            _digest = digest;

            return true;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock?.Dispose();
        _lock = null;
    }

    private static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFailure.Storage, e);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new StoreException(StoreFailure.Locked, e);
        }
    }

    private static string Serialize(MeshNetwork network)
    {
        JsonObject root = ConfigurationDatabase.Write(network, new ExportSelection(), true);
        root[Own] = new JsonObject
        {
            ["ivIndex"] = network.IvIndex,
            ["ivUpdate"] = network.IvUpdate,
            ["ivIndexKnown"] = network.IsIvIndexKnown,
            ["provisioner"] = network.ProvisionerUuid.ToString("N"),
            ["pending"] = new JsonArray([.. network.NetKeys.Where(static key => key.Pending.Count > 0).Select(static key => (JsonNode)new JsonObject
            {
                ["netKeyIndex"] = key.Index,
                ["nodes"] = new JsonArray([.. key.Pending.Select(static address => (JsonNode)address)]),
            })]),
            ["provisional"] = new JsonArray([.. network.Nodes.Where(static node => node.IsProvisional).Select(static node => (JsonNode)node.Address)]),
        };

        return root.ToJsonString();
    }

    private static MeshNetwork Deserialize(string text, IRandomSource random)
    {
        JsonObject root = ConfigurationDatabase.Parse(text);
        JsonObject own = root[Own] as JsonObject ?? throw new StoreException(StoreFailure.Format);
        root.Remove(Own);
        MeshNetwork network = ConfigurationDatabase.Read(root, random);
        network.IvIndex = own["ivIndex"]!.GetValue<uint>();
        network.IvUpdate = own["ivUpdate"]!.GetValue<bool>();
        network.IsIvIndexKnown = own["ivIndexKnown"]!.GetValue<bool>();
        network.ProvisionerUuid = Guid.Parse(own["provisioner"]!.GetValue<string>());

        foreach (JsonNode? entry in own["pending"] as JsonArray ?? [])
        {
            int index = entry!["netKeyIndex"]!.GetValue<int>();
            network.NetKeys.First(key => key.Index == index).Pending.UnionWith(entry["nodes"]!.AsArray().Select(static address => address!.GetValue<int>()));
        }

        foreach (JsonNode? address in own["provisional"] as JsonArray ?? [])
        {
            network.FindNode(address!.GetValue<int>())!.IsProvisional = true;
        }

        return network;
    }

    // The time of writing is no change.
    private static string Comparable(string text)
    {
        JsonObject root = ConfigurationDatabase.Parse(text);
        root.Remove("timestamp");

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(root.ToJsonString())));
    }
}
