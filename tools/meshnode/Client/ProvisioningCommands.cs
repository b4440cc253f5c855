using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Kit;
using MeshNode.Kit.Client;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Provisioning;

namespace MeshNode.Tool.Client;

/// <summary>The commands <c>scan</c>, <c>provision</c> and <c>reset</c>.</summary>
internal static class ProvisioningCommands
{
    private const int UuidSize = 16;
    private const int Milliseconds = 1000;
    private const int PublicKeySize = 64;
    private const int ClosingTime = 500;

    // A stock image that is not connected sends beacons in ten of every thirty seconds.
    private const int FindTime = 35000;

    // A device whose provisioner has gone in the middle keeps the link for a minute, and sends no beacons.
    private const int FindAgainTime = 65000;
    private const int OthersTime = 6000;

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create(TextWriter writer)
    {
        Option<double> seconds = ClientOptions.Option("--seconds", "How long to listen.", static () => 6.0);
        yield return ClientOptions.Command("scan", "Listen for devices that can be provisioned, and for proxies of the network.", true, writer, [seconds], i => Scan(i, i.Get(seconds)));

        Argument<string?> uuid = new("UUID") { Description = "Device UUID; without it the only device that is heard.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> name = ClientOptions.Option<string?>("--name", "Name of the new node.", static () => null);
        Option<string?> staticOob = ClientOptions.Option<string?>("--static", "Static OOB value, hexadecimal.", static () => null);
        Option<string?> publicKey = ClientOptions.Option<string?>("--public-key", "The device's public key, 128 hexadecimal digits, as its maker has published it.", static () => null);
        Option<bool> output = ClientOptions.Option("--output-oob", "You can read what the device shows.", static () => false);
        Option<bool> input = ClientOptions.Option("--input-oob", "You can enter something at the device.", static () => false);
        Option<int> strength = ClientOptions.Option("--strength", "Least bits of authentication; 0 lets a device in unauthenticated, unless one of the above is given.", static () => 0);
        Option<bool> hmac = ClientOptions.Option("--hmac-only", "Refuse the algorithm with CMAC.", static () => false);
        Option<int> attention = ClientOptions.Option("--attention", "Seconds that the device makes itself noticed.", static () => 0);
        Option<int?> setUp = ClientOptions.Option<int?>("--setup", "Afterwards read the composition, give this application key, and bind the models to it.", static () => null);
        yield return ClientOptions.Command(
            "provision", "Make a device a node of the network, with the strongest authentication that both sides can.", true, writer,
            [uuid, name, staticOob, publicKey, output, input, strength, hmac, attention, setUp],
            i =>
            {
                ProvisioningPolicy policy = new()
                {
                    StaticOob = i.Get(staticOob) is { } value ? Values.Octets(value, null, "--static", true) : null,
                    DevicePublicKey = i.Get(publicKey) is { } key ? Values.Octets(key, PublicKeySize, "--public-key") : null,
                    AllowOutputOob = i.Get(output),
                    AllowInputOob = i.Get(input),
                    MinimumStrength = i.Get(strength),

                    // Somebody in between could say that the device has nothing of what the user has.
                    AllowNoOob = i.Get(strength) == 0 && i.Get(staticOob) == null && !i.Get(output) && !i.Get(input),
                    RequireOobPublicKey = i.Get(publicKey) != null,
                    Algorithms = i.Get(hmac) ? ProvisioningAlgorithm.HmacSha256Flag : ProvisioningAlgorithm.HmacSha256Flag | ProvisioningAlgorithm.CmacFlag,
                };

                return Provision(i, i.Get(uuid), i.Get(name), policy, i.Get(attention), i.Get(setUp));
            });

        Argument<string> node = new("NODE") { Description = "Address, name or UUID." };
        Option<bool> forget = ClientOptions.Option("--forget", "Do not ask the node: it is broken or out of reach. Refresh the keys with --exclude if it may fall into other hands.", static () => false);
        yield return ClientOptions.Command("reset", "Make a node leave the network.", true, writer, [node, forget], i => Reset(i, i.Get(node), i.Get(forget)));
    }

    private static int Scan(Invocation invocation, double seconds)
    {
        using Session session = invocation.Open(false);
        HashSet<string> seen = [];
        session.OpenBearers();
        Listen(session, (device, advertiser) =>
        {
            if (seen.Add($"{device} {advertiser == null}"))
            {
                string way = advertiser == null ? "PB-ADV" : "PB-GATT";
                invocation.Output.Result($"device {device}  {way}", new JsonObject { ["device"] = device, ["bearer"] = way });
            }
        });

        if (session.Central != null)
        {
            Action<string, int, byte[]> devices = session.Central.Advert!;
            session.Central.Advert = (advertiser, service, data) =>
            {
                devices(advertiser, service, data);

                if (service == GattService.Proxy && ProxyIdentity.Match(session.Network, data) is { } identity && seen.Add($"{advertiser} {identity}"))
                {
                    string who = identity.Node == null ? "" : $", node {identity.Node.Address:x4} {identity.Node.Name}";
                    invocation.Output.Result(
                        $"proxy of subnet {identity.NetKeyIndex:x3}{who}",
                        new JsonObject { ["proxy"] = advertiser, ["netKeyIndex"] = identity.NetKeyIndex, ["node"] = identity.Node?.Address });
                }
            };
        }

        session.Pump(static () => false, (long)(seconds * Milliseconds));

        if (seen.Count == 0 && !invocation.Output.IsJson)
        {
            invocation.Output.Progress("nothing was heard");
        }

        return ExitCode.Success;
    }

    private static int Provision(Invocation invocation, string? uuid, string? name, ProvisioningPolicy policy, int attention, int? setUp)
    {
        using Session session = invocation.Open(true);
        Output output = invocation.Output;
        MeshNetwork network = session.Network;

        if (setUp is { } key && network.AppKeys.All(entry => entry.Index != key))
        {
            throw new CommandFailure(ExitCode.Usage, $"There is no application key {key:x3}.", "See 'meshnode keys'.");
        }

        SequenceLedger ledger = session.OpenLedger();
        network.Allocator = elements =>
        {
            try
            {
                return ledger.Allocate(network.Uuid, elements, network.IvIndex, network.IsFree);
            }
            catch (LedgerException e) when (e.Failure == LedgerFailure.NoAddress)
            {
                return null;
            }
        };

        if (!ledger.IsTrusted(network.Uuid))
        {
            throw Session.Explain(new LedgerException(ledger.Knows(network.Uuid) ? LedgerFailure.NotTrusted : LedgerFailure.UnknownNetwork));
        }

        string? wanted = uuid is null ? null : Convert.ToHexStringLower(Values.Octets(uuid, UuidSize, "UUID"));

        if (wanted != null && network.Nodes.FirstOrDefault(node => node.IsProvisional && node.Uuid == Guid.ParseExact(wanted, "N")) is { } left && Settle(session, left, name))
        {
            if (setUp is { } its)
            {
                SetUp(session, left, its);
            }

            return ExitCode.Success;
        }

        session.OpenBearers();
        (string device, string? advertiser) = Find(session, wanted);
        ProvisioningDialogue dialogue = new(session, device, name);
        Provisioner provisioner = new(new SystemRandomSource(), policy, dialogue);
        IProvisionerBearer bearer = Bearer(session, device, advertiser, out Func<bool> isReady);

        if (!session.Pump(isReady, Milliseconds))
        {
            throw new CommandFailure(ExitCode.Provisioning, "The device cannot be connected.", "Try again.");
        }

        provisioner.Start(bearer, attention, session.Clock.Now);
        ProvisionerState state = ProvisionerState.Idle;
        session.Tick = now =>
        {
            dialogue.Poll(provisioner, now);
            long next = provisioner.Tick(now);

            if (provisioner.State != state)
            {
                state = provisioner.State;
                output.Progress($"  {Kit.Messages.StatusText.Words(state.ToString())}");
            }

            return next;
        };
        session.Pump(() => provisioner.IsFinished, long.MaxValue);

        if (!provisioner.IsFinished)
        {
            provisioner.Cancel(session.Clock.Now);
        }

        // Link Close has to get out.
        session.Pump(static () => false, ClosingTime);
        session.Tick = null;

        if (dialogue.Node is not { } node)
        {
            throw dialogue.Failure ?? Explain(provisioner.Failure, dialogue.Error);
        }

        if (node.IsProvisional)
        {
            throw new CommandFailure(
                ExitCode.Provisioning,
                $"{Kit.Messages.StatusText.Words(provisioner.Failure.ToString())}, after Provisioning Data was sent: it is not known whether the device has become node {node.Address:x4}.",
                $"Run 'meshnode provision {device}' again: it asks the node, and provisions the device anew if that is one still.");
        }

        output.Result(
            $"node {node.Address:x4} '{node.Name}', {node.Elements} elements; authentication: {Method(provisioner.Choice!)}",
            new JsonObject { ["address"] = node.Address, ["name"] = node.Name, ["uuid"] = device, ["elements"] = node.Elements, ["authentication"] = Method(provisioner.Choice!) });

        if (setUp is { } appKey)
        {
            session.Preferred = node.Address;
            session.Join();
            SetUp(session, node, appKey);
        }

        return ExitCode.Success;
    }

    // An earlier attempt was broken off when the device had received Provisioning Data, or was about to: its device key tells whether it has become a node.
    private static bool Settle(Session session, KnownNode node, string? name)
    {
        session.Output.Progress($"asking node {node.Address:x4}, which an earlier attempt may have made of it");
        session.Preferred = node.Address;

        try
        {
            session.Join();
            session.Await(session.Configurator.ReadComposition(node, session.Clock.Now));
        }
        catch (CommandFailure e) when (e.ExitCode == ExitCode.NoAnswer && !session.IsCancelled)
        {
            session.Leave();

            return false;
        }

        node.Name = name ?? node.Name;
        session.Save();
        session.Output.Result(
            $"node {node.Address:x4} '{node.Name}', {node.Elements} elements; it had joined before",
            new JsonObject { ["address"] = node.Address, ["name"] = node.Name, ["uuid"] = node.Uuid.ToString("N"), ["elements"] = node.Elements, ["joinedBefore"] = true });

        return true;
    }

    private static void SetUp(Session session, KnownNode node, int appKey)
    {
        session.Output.Progress("  set up");
        session.Await(session.Configurator.SetUp(node, appKey, session.Clock.Now));
        session.Output.Result(
            Kit.Messages.StatusText.Of(new Kit.Messages.CompositionDataStatus(0, node.Composition!.Encode())),
            new JsonObject { ["address"] = node.Address, ["setUp"] = true, ["appKeyIndex"] = appKey });
    }

    private static int Reset(Invocation invocation, string text, bool forget)
    {
        using Session session = forget ? invocation.Open(true) : invocation.Join(true);
        KnownNode node = session.FindNode(text);
        int address = node.Address;

        if (forget)
        {
            session.Network.RemoveNode(node);
        }
        else
        {
            session.Await(session.Configurator.Reset(node, session.Clock.Now));

            // Of a node that was forgotten it is not known with which IV Index it has sent last: its addresses are never given again.
            session.OpenLedger().Free(session.Network.Uuid, address, session.Network.IvIndex);
        }

        session.Save();
        invocation.Output.Result($"{address:x4} is no node of the network any more", new JsonObject { ["address"] = address, ["reset"] = true });

        return ExitCode.Success;
    }

    private static void Listen(Session session, Action<string, string?> found)
    {
        if (session.Air != null)
        {
            session.Air.Received = (type, payload) =>
            {
                if (type == AdvertisingData.MeshBeacon && payload.Length > UuidSize && payload[0] == BeaconType.UnprovisionedDevice && UnprovisionedDeviceBeacon.IsValid(payload.Length))
                {
                    found(Convert.ToHexStringLower(payload, 1, UuidSize), null);
                }
            };
        }

        if (session.Central != null)
        {
            session.Central.Advert = (advertiser, service, data) =>
            {
                if (service == GattService.Provisioning && data.Length >= UuidSize)
                {
                    found(Convert.ToHexStringLower(data, 0, UuidSize), advertiser);
                }
            };
        }
    }

    private static (string Device, string? Advertiser) Find(Session session, string? wanted)
    {
        Dictionary<string, string?> heard = [];
        session.Output.Progress(wanted == null ? "listening for a device" : $"listening for device {wanted}");
        Listen(session, (device, advertiser) => heard[device] = advertiser ?? heard.GetValueOrDefault(device));

        int time = session.Network.Nodes.Any(static node => node.IsProvisional) ? FindAgainTime : FindTime;
        bool done = session.Pump(() => wanted == null ? heard.Count > 0 : heard.ContainsKey(wanted), time);

        if (done && wanted == null)
        {
            // Whoever names no device gets the only one there is: so the others have to be heard too.
            session.Pump(static () => false, OthersTime);
        }

        session.Central?.Advert = null;
        session.Air?.Received = null;

        if (wanted == null && heard.Count > 1)
        {
            throw new CommandFailure(ExitCode.Usage, $"{heard.Count} devices were heard: {string.Join(", ", heard.Keys)}.", "Say which one.");
        }

        if (!done)
        {
            throw new CommandFailure(ExitCode.NoAnswer, "The device is not heard.", Missing(session));
        }

        string device = wanted ?? heard.Keys.Single();

        return (device, heard[device]);
    }

    private static string Missing(Session session)
    {
        string left = string.Join(", ", session.Network.Nodes.Where(static node => node.IsProvisional).Select(static node => $"{node.Uuid:N} as {node.Address:x4}"));

        return left.Length == 0
            ? "See whether it is on, in reach, and not a node already: then it has to be reset by hand. When its provisioning was broken off, it is silent for a minute."
            : $"See whether it is on and in reach. Perhaps a node already, from an attempt that was broken off: {left}. Name its UUID to have it asked; when it was reset by hand, 'meshnode reset --forget' removes it here.";
    }

    private static IProvisionerBearer Bearer(Session session, string device, string? advertiser, out Func<bool> isReady)
    {
        SystemRandomSource random = new();

        if (advertiser == null)
        {
            PbAdvClient client = new(session.Air!, random, Convert.FromHexString(device));
            session.Air!.Received = (type, payload) =>
            {
                if (type == AdvertisingData.PbAdv)
                {
                    client.Receive(payload, 0, payload.Length, session.Clock.Now);
                }
            };
            isReady = static () => true;

            return client;
        }

        DeferredGattBearer bearer = new();
        session.Central!.Connected = (_, connection) => bearer.Client = new PbGattClient(connection);
        session.Central.Notified = (_, value) => bearer.Client?.OnNotified(value, 0, value.Length, session.Clock.Now);
        session.Central.Disconnected = _ => bearer.Client?.OnDisconnected(session.Clock.Now);
        session.Central.Connect(advertiser, session.Clock.Now);
        isReady = () => bearer.Client != null;

        return bearer;
    }

    private static string Method(ProvisioningChoice choice)
    {
        string method = choice.Method switch
        {
            AuthenticationMethod.StaticOob => "static OOB",
            AuthenticationMethod.OutputOob => "output OOB",
            AuthenticationMethod.InputOob => "input OOB",
            _ => "none",
        };

        return $"{method}{(choice.OobPublicKey ? ", public key known" : "")}, {(choice.Algorithm == ProvisioningAlgorithm.HmacSha256 ? "HMAC-SHA256" : "CMAC")}";
    }

    private static CommandFailure Explain(ProvisionerFailure failure, int error)
    {
        string advice = failure switch
        {
            ProvisionerFailure.NoCommonMethod => "The device and you have no way of authentication in common: give another of --static, --output-oob and --input-oob, or none of them to let it in unauthenticated, if it allows that.",
            ProvisionerFailure.TooWeak => "Give what you know of the device with --static, or lower --strength. If it does not take the --public-key that you have, it is another device, or somebody is in between.",
            ProvisionerFailure.NoCommonAlgorithm => "The device knows CMAC only: leave out --hmac-only if you accept that.",
            ProvisionerFailure.NoAddress => "Give this machine further addresses with 'meshnode adopt'.",
            ProvisionerFailure.ConfirmationMismatch => "The static OOB value or what was typed is wrong, or somebody is in between.",
            ProvisionerFailure.DeviceFailed => $"The device says error {error}. If it has confirmation problems, look at the OOB value.",
            ProvisionerFailure.ReflectedConfirmation or ProvisionerFailure.ReflectedPublicKey or ProvisionerFailure.ReflectedRandom => "This is an attack (CVE-2020-26560): do not go on here.",
            _ => "Try again, nearer to the device.",
        };

        return new CommandFailure(ExitCode.Provisioning, $"Not provisioned: {Kit.Messages.StatusText.Words(failure.ToString())}.", advice);
    }

    private sealed class DeferredGattBearer : IProvisionerBearer
    {
        public PbGattClient? Client { get; set; }

        public void Open(IProvisionerBearerClient client, long now) => Client!.Open(client, now);

        public void Send(byte[] pdu, int count, long now) => Client!.Send(pdu, count, now);

        public void Close(int reason, long now) => Client!.Close(reason, now);

        public long Tick(long now) => Client?.Tick(now) ?? long.MaxValue;
    }
}
