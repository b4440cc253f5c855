using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Network;

namespace MeshNode.Tool.Client;

/// <summary>The commands <c>onoff</c>, <c>level</c>, <c>lightness</c> and <c>health</c>.</summary>
internal static class ModelCommands
{
    private const int HealthServer = 0x0002;
    private const int OnOffServer = 0x1000;
    private const int LevelServer = 0x1002;
    private const int LightnessServer = 0x1300;
    private const int MaxValue = 65535;
    private const int Milliseconds = 1000;
    private const int DelayUnit = 5;

    private static readonly Argument<string> s_target = new("TARGET") { Description = "Address of an element or group, or the name of a node or group." };
    private static readonly Argument<string[]> s_values = new("VALUE") { Description = "What the action needs.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<int?> s_key = ClientOptions.Option<int?>("--key", "Application key; without it one that the model is bound to.", static () => null);
    private static readonly Option<double?> s_time = ClientOptions.Option<double?>("--time", "Transition time, in seconds.", static () => null);
    private static readonly Option<int> s_delay = ClientOptions.Option("--delay", "Milliseconds before it begins, 0 to 1275.", static () => 0);
    private static readonly Option<bool> s_unacknowledged = ClientOptions.Option("--unacknowledged", "Ask for no answer.", static () => false);
    private static readonly Option<int> s_repeat = ClientOptions.Option("--repeat", "How often, to measure the time of a round trip.", static () => 1);
    private static readonly Option<int?> s_company = ClientOptions.Option<int?>("--company", "Company identifier; without it that of the node's composition.", static () => null);

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create(TextWriter writer)
    {
        Argument<string> onOff = Action("get, on, off, toggle");
        Argument<string> level = Action("get; set, delta or move with a number");
        Argument<string> lightness = Action("get; set, linear or default with a number or percentage; last; range with two; without a value linear, default and range are read");
        Argument<string> health = Action("faults, clear, test ID, period [DIVISOR], attention [SECONDS], listen [SECONDS]");

        yield return ClientOptions.Command("onoff", "Switch something on or off.", true, writer, [s_target, onOff, s_key, s_time, s_delay, s_unacknowledged, s_repeat], i => OnOff(i, i.Get(onOff)));
        yield return ClientOptions.Command(
            "level", "Read or change a level.", true, writer, [s_target, level, s_values, s_key, s_time, s_delay, s_unacknowledged, s_repeat], i => Level(i, i.Get(level), i.Get(s_values)));
        yield return ClientOptions.Command(
            "lightness", "Read or change the lightness of a lamp.", true, writer, [s_target, lightness, s_values, s_key, s_time, s_delay, s_unacknowledged, s_repeat],
            i => Lightness(i, i.Get(lightness), i.Get(s_values)));
        yield return ClientOptions.Command(
            "health", "Faults, tests and attention of a node.", true, writer, [s_target, health, s_values, s_key, s_company, s_unacknowledged], i => Health(i, i.Get(health), i.Get(s_values)));
    }

    /// <summary>The application key for a model: the one that was named, or one that it is bound to, or the first that the node has.</summary>
    public static int FindKey(Session session, int address, ModelId model, int? named)
    {
        if (named is { } index)
        {
            return session.Network.AppKeys.Any(key => key.Index == index)
                ? index
                : throw new CommandFailure(ExitCode.Usage, $"There is no application key {index:x3}.", "See 'meshnode keys'.");
        }

        KnownNode? node = session.Network.FindNode(address);
        IEnumerable<int> keys = node == null ? [] : NodeDocument.Bindings(node, address, model).Concat(node.AppKeys);

        foreach (int key in keys.Concat(node == null ? session.Network.AppKeys.Select(static key => key.Index) : []))
        {
            return key;
        }

        throw new CommandFailure(ExitCode.Usage, $"{address:x4} has no application key.", $"Give it one with 'meshnode config setup {address:x4} 0', or name one with --key.");
    }

    private static Argument<string> Action(string what)
    {
        return new Argument<string>("ACTION") { Description = what + ".", DefaultValueFactory = static _ => "get" };
    }

    private static int OnOff(Invocation invocation, string action)
    {
        using Session session = invocation.Join(false);
        int target = session.FindAddress(invocation.Get(s_target), ModelId.Sig(OnOffServer));
        ApplicationClient client = session.Client.OnOff;
        bool? on = action switch { "get" or "toggle" => null, _ => Values.Switch(action, "ACTION") };

        if (action == "get")
        {
            return Send<GenericOnOffStatus>(invocation, session, client, target, OnOffServer, _ => GenericMessages.OnOffGet(), false);
        }

        if (action == "toggle")
        {
            Request<GenericOnOffStatus> present = client.Send<GenericOnOffStatus>(
                target, FindKey(session, target, ModelId.Sig(OnOffServer), invocation.Get(s_key)), GenericMessages.OnOffGet(), session.Clock.Now);
            session.Await(present);
            on = (present.Answer!.Target ?? present.Answer.Present) == 0;
        }

        bool asked = false;

        return Send<GenericOnOffStatus>(
            invocation, session, client, target, OnOffServer,
            acknowledged =>
            {
                bool value = on!.Value;
                on = action == "toggle" ? !value : value;

                asked = value;

                return GenericMessages.OnOffSet(value, client.NextTransactionId(), Transition(invocation), acknowledged);
            },
            true,
            status => (status.Target ?? status.Present) == (asked ? 1 : 0) ? null : GenericMessages.OnOffGet());
    }

    private static int Level(Invocation invocation, string action, string[] values)
    {
        using Session session = invocation.Join(false);
        int target = session.FindAddress(invocation.Get(s_target), ModelId.Sig(LevelServer));
        ApplicationClient client = session.Client.Level;
        Func<bool, byte[]> message = action switch
        {
            "get" => static _ => GenericMessages.LevelGet(),
            "set" => acknowledged => GenericMessages.LevelSet(Value(values, short.MinValue, short.MaxValue), client.NextTransactionId(), Transition(invocation), acknowledged),
            "delta" => acknowledged => GenericMessages.DeltaSet(Value(values, -MaxValue, MaxValue), client.NextTransactionId(), Transition(invocation), acknowledged),
            "move" => acknowledged => GenericMessages.MoveSet(Value(values, short.MinValue, short.MaxValue), client.NextTransactionId(), Transition(invocation), acknowledged),
            _ => throw Values.Wrong("ACTION", "get, set, delta or move", action),
        };

        return Send<GenericLevelStatus>(invocation, session, client, target, LevelServer, message, action != "get");
    }

    private static int Lightness(Invocation invocation, string action, string[] values)
    {
        using Session session = invocation.Join(false);
        int target = session.FindAddress(invocation.Get(s_target), ModelId.Sig(LightnessServer));
        ApplicationClient client = session.Client.Lightness;

        return (action, values.Length) switch
        {
            ("get", _) => Send<LightLightnessStatus>(invocation, session, client, target, LightnessServer, static _ => LightnessMessages.Get(), false),
            ("set", 1) => Send<LightLightnessStatus>(
                invocation, session, client, target, LightnessServer,
                acknowledged => LightnessMessages.Set(Brightness(values[0]), client.NextTransactionId(), Transition(invocation), acknowledged), true),
            ("linear", 0) => Send<LightLightnessLinearStatus>(invocation, session, client, target, LightnessServer, static _ => LightnessMessages.LinearGet(), false),
            ("linear", 1) => Send<LightLightnessLinearStatus>(
                invocation, session, client, target, LightnessServer,
                acknowledged => LightnessMessages.LinearSet(Brightness(values[0]), client.NextTransactionId(), Transition(invocation), acknowledged), true),
            ("last", _) => Send<LightLightnessLastStatus>(invocation, session, client, target, LightnessServer, static _ => LightnessMessages.LastGet(), false),
            ("default", 0) => Send<LightLightnessDefaultStatus>(invocation, session, client, target, LightnessServer, static _ => LightnessMessages.DefaultGet(), false),
            ("default", 1) => Send<LightLightnessDefaultStatus>(
                invocation, session, client, target, LightnessServer, acknowledged => LightnessMessages.DefaultSet(Brightness(values[0]), acknowledged), true),
            ("range", 0) => Send<LightLightnessRangeStatus>(invocation, session, client, target, LightnessServer, static _ => LightnessMessages.RangeGet(), false),
            ("range", 2) when Brightness(values[0]) is > 0 and int least && least <= Brightness(values[1]) => Send<LightLightnessRangeStatus>(
                invocation, session, client, target, LightnessServer, acknowledged => LightnessMessages.RangeSet(least, Brightness(values[1]), acknowledged), true),
            _ => throw Values.Wrong("ACTION", "get, set VALUE, linear [VALUE], last, default [VALUE] or range [LEAST MOST], LEAST above 0", string.Join(' ', [action, .. values])),
        };
    }

    private static int Health(Invocation invocation, string action, string[] values)
    {
        using Session session = invocation.Join(false);
        int target = session.FindAddress(invocation.Get(s_target), ModelId.Sig(HealthServer));
        ApplicationClient client = session.Client.Health;
        int company = invocation.Get(s_company) ?? session.Network.FindNode(target)?.Composition?.Company ?? 0;

        return (action, values.Length) switch
        {
            ("faults" or "get", _) => Send<HealthFaultStatus>(invocation, session, client, target, HealthServer, _ => HealthMessages.FaultGet(company), false),
            ("clear", _) => Send<HealthFaultStatus>(invocation, session, client, target, HealthServer, acknowledged => HealthMessages.FaultClear(company, acknowledged), true),
            ("test", 1) => Send<HealthFaultStatus>(
                invocation, session, client, target, HealthServer, acknowledged => HealthMessages.FaultTest(Value(values, 0, 255), company, acknowledged), true),
            ("period", 0) => Send<HealthPeriodStatus>(invocation, session, client, target, HealthServer, static _ => HealthMessages.PeriodGet(), false),
            ("period", 1) => Send<HealthPeriodStatus>(
                invocation, session, client, target, HealthServer, acknowledged => HealthMessages.PeriodSet(Value(values, 0, 15), acknowledged), true),
            ("attention", 0) => Send<HealthAttentionStatus>(invocation, session, client, target, HealthServer, static _ => HealthMessages.AttentionGet(), false),
            ("attention", 1) => Send<HealthAttentionStatus>(
                invocation, session, client, target, HealthServer, acknowledged => HealthMessages.AttentionSet(Value(values, 0, 255), acknowledged), true),
            ("listen", _) => Listen(invocation, session, client, values.Length == 0 ? int.MaxValue : Value(values, 1, int.MaxValue / Milliseconds)),
            _ => throw Values.Wrong("ACTION", "faults, clear, test ID, period [DIVISOR], attention [SECONDS] or listen [SECONDS]", action),
        };
    }

    private static int Listen(Invocation invocation, Session session, ApplicationClient client, int seconds)
    {
        client.Listener = message => Show(invocation.Output, message.Source, StatusReader.Read(message.Payload));
        session.Pump(static () => false, (long)seconds * Milliseconds);

        return ExitCode.Success;
    }

    // A status that tells something else than was asked for may be the late answer to a command that was killed: then the node is asked once more.
    private static int Send<T>(
        Invocation invocation, Session session, ApplicationClient client, int target, int server, Func<bool, byte[]> message, bool changes, Func<T, byte[]?>? doubt = null)
        where T : class, IStatusMessage<T>
    {
        int key = FindKey(session, target, ModelId.Sig(server), invocation.Get(s_key));
        bool unacknowledged = changes && invocation.Get(s_unacknowledged);

        if (!Address.IsUnicast(target) || unacknowledged)
        {
            return Broadcast(invocation, session, client, target, key, message, unacknowledged);
        }

        // Commands without the option have its value 0.
        int repeat = Math.Max(1, invocation.Result.GetResult(s_repeat) is null ? 1 : invocation.Get(s_repeat));
        List<double> times = [];

        for (int i = 0; i < repeat; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            object status = session.Await(client.Send<T>(target, key, message(true), session.Clock.Now));
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);

            if (doubt?.Invoke((T)status) is { } question)
            {
                status = session.Await(client.Send<T>(target, key, question, session.Clock.Now));
            }

            Show(invocation.Output, target, status);
        }

        if (repeat > 1)
        {
            times.Sort();
            invocation.Output.Result(
                string.Create(CultureInfo.InvariantCulture, $"{repeat} round trips: median {times[repeat / 2]:F0} ms, {times[0]:F0} to {times[^1]:F0} ms"),
                new JsonObject { ["roundTrips"] = repeat, ["median"] = times[repeat / 2], ["least"] = times[0], ["most"] = times[^1] });
        }

        return ExitCode.Success;
    }

    private static int Broadcast(Invocation invocation, Session session, ApplicationClient client, int target, int key, Func<bool, byte[]> message, bool unacknowledged)
    {
        int answers = 0;
        client.Listener = received =>
        {
            answers++;
            Show(invocation.Output, received.Source, StatusReader.Read(received.Payload));
        };
        byte[]? label = session.Network.Groups.FirstOrDefault(group => group.Address == target)?.Label;
        byte[] payload = message(!unacknowledged);
        SendVerdict verdict = label == null
            ? client.SendUnacknowledged(target, key, payload, session.Clock.Now)
            : client.SendUnacknowledged(label, key, payload, session.Clock.Now);

        if (verdict != SendVerdict.Sent)
        {
            throw new CommandFailure(ExitCode.NoAnswer, $"The message was not sent: {StatusText.Words(verdict.ToString())}.", "Try again.");
        }

        // Without an answer it is only known that it has left.
        session.Pump(static () => false, unacknowledged ? Milliseconds / 2 : session.Settings.Timeout);

        if (!unacknowledged && answers == 0)
        {
            throw new CommandFailure(ExitCode.NoAnswer, $"Nobody in {target:x4} has answered.", "See with 'meshnode config get NODE subscription ELEMENT MODEL' who subscribes.");
        }

        return ExitCode.Success;
    }

    private static void Show(Output output, int source, object? status)
    {
        if (status != null)
        {
            JsonObject json = StatusText.Json(status);
            json["source"] = source;
            output.Result($"{source:x4}: {StatusText.Of(status)}", json);
        }
    }

    private static Transition? Transition(Invocation invocation)
    {
        double? time = invocation.Get(s_time);
        int delay = invocation.Get(s_delay);

        return time == null && delay == 0 ? null : new Transition(Values.TransitionTime(time ?? 0), Values.Number((delay / DelayUnit).ToString(CultureInfo.InvariantCulture), 0, 255, "--delay"));
    }

    private static int Value(string[] values, int least, int most)
    {
        return Values.Number(values.Length == 0 ? "" : values[0], least, most, "VALUE");
    }

    private static int Brightness(string text)
    {
        return text.EndsWith('%') && double.TryParse(text[..^1], CultureInfo.InvariantCulture, out double percent) && percent is >= 0 and <= 100
            ? (int)Math.Round(percent * MaxValue / 100)
            : Values.Number(text, 0, MaxValue, "VALUE");
    }
}
