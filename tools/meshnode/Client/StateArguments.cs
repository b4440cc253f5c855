using System;
using System.Linq;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;

namespace MeshNode.Tool.Client;

/// <summary>The values behind the name of a state.</summary>
internal sealed record StateArguments(Session Session, KnownNode Node, NodeState State, string[] Values, bool Changes)
{
    /// <summary>The client that configures.</summary>
    public ConfigurationClient Client => Session.Client.Configuration;

    /// <summary>The time.</summary>
    public long Now => Session.Clock.Now;

    /// <summary>A value.</summary>
    public string this[int index] => index < Values.Length ? Values[index] : throw Usage();

    /// <summary>Whether there is such a value.</summary>
    public bool Has(int index)
    {
        return index < Values.Length;
    }

    /// <summary>A number.</summary>
    public int Number(int index, int least, int most)
    {
        return Tool.Client.Values.Number(this[index], least, most, State.Name);
    }

    /// <summary>On or off.</summary>
    public bool Switch(int index)
    {
        return Tool.Client.Values.Switch(this[index], State.Name);
    }

    /// <summary>A subnet that the node has; without a value its first one.</summary>
    public int NetKey(int index)
    {
        return Has(index) ? Number(index, 0, 4095) : Node.NetKeys.First();
    }

    /// <summary>An element of the node.</summary>
    public int Element(int index)
    {
        return Tool.Client.Values.Element(Node, this[index]);
    }

    /// <summary>A model.</summary>
    public ModelId Model(int index)
    {
        return Tool.Client.Values.Model(this[index]);
    }

    /// <summary>An address, or the name of a node or group.</summary>
    public int Address(int index)
    {
        return Session.FindAddress(this[index], null);
    }

    /// <summary>The Label UUID that a group's name or 32 hexadecimal digits stand for, or null.</summary>
    public byte[]? Label(int index)
    {
        string text = this[index];
        GroupEntry? group = Session.Network.Groups.FirstOrDefault(group => string.Equals(group.Name, text, StringComparison.OrdinalIgnoreCase));

        return group != null ? group.Label : text.Length >= 32 ? Tool.Client.Values.Octets(text, 16, "ADDRESS") : null;
    }

    /// <summary>The value of NAME=VALUE, or null.</summary>
    public string? Named(string name)
    {
        return Values.FirstOrDefault(value => value.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];
    }

    /// <summary>The number of NAME=NUMBER.</summary>
    public int Named(string name, int least, int most, int otherwise)
    {
        return Named(name) is { } text ? Tool.Client.Values.Number(text, least, most, name) : otherwise;
    }

    /// <summary>How the state is used.</summary>
    public CommandFailure Usage()
    {
        return Usage(State, Changes);
    }

    /// <summary>How a state is used.</summary>
    public static CommandFailure Usage(NodeState state, bool changes)
    {
        return new CommandFailure(
            ExitCode.Usage,
            "A value is missing or cannot be.",
            changes ? $"config set NODE {state.Name} {state.SetUsage}" : $"config get NODE {state.Name} {state.GetUsage}".TrimEnd());
    }
}
