using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Provisioning;

namespace MeshNode.Tool.Client;

/// <summary>The user's part in provisioning a device. A node is in the database before the device is told that it is one.</summary>
internal sealed class ProvisioningDialogue(Session session, string device, string? name) : IProvisionerClient
{
    private readonly Guid _uuid = Guid.ParseExact(device, "N");
    private Task<string?>? _typed;
    private bool _isText;

    /// <summary>The node, once it may be one.</summary>
    public KnownNode? Node { get; private set; }

    /// <summary>Why the node was not written, or <see langword="null"/>.</summary>
    public CommandFailure? Failure { get; private set; }

    /// <summary>The error code that the device has sent.</summary>
    public int Error { get; private set; }

    /// <summary>Hands on what the user has typed.</summary>
    public void Poll(Provisioner provisioner, long now)
    {
        if (_typed is not { IsCompleted: true } typed)
        {
            return;
        }

        string text = typed.Result?.Trim() ?? "";
        _typed = null;
        bool taken = _isText
            ? provisioner.EnterText(text.ToUpperInvariant(), now)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && provisioner.EnterNumber(number, now);

        if (!taken && typed.Result != null)
        {
            session.Output.Progress("  that cannot be: once more");
            Ask();
        }
    }

    /// <inheritdoc/>
    public NodeAssignment? Assign(DeviceCapabilities capabilities, byte[] deviceKey)
    {
        try
        {
            return session.Network.Assign(capabilities.Elements) is { } assignment ? Enter(assignment, capabilities.Elements, deviceKey) : null;
        }
        catch (CommandFailure e)
        {
            Failure = e;
        }
        catch (LedgerException e)
        {
            Failure = Session.Explain(e);
        }

        return null;
    }

    /// <inheritdoc/>
    public void OnOutputOob(int action, int size, long now)
    {
        _isText = action == OutputOobAction.Alphanumeric;
        session.Output.Progress(action switch
        {
            OutputOobAction.Blink => "  how often does the device blink?",
            OutputOobAction.Beep => "  how often does the device beep?",
            OutputOobAction.Vibrate => "  how often does the device vibrate?",
            _ => $"  what does the device show? {size} {(_isText ? "letters and digits" : "digits")}",
        });
        Ask();
    }

    /// <inheritdoc/>
    public void OnInputNumber(int action, uint number, int digits, long now)
    {
        session.Output.Progress(action switch
        {
            InputOobAction.Push => $"  push the device's button {number} times",
            InputOobAction.Twist => $"  twist the device's knob {number} times",
            _ => $"  enter {number.ToString("D" + digits, CultureInfo.InvariantCulture)} at the device",
        });
    }

    /// <inheritdoc/>
    public void OnInputText(string text, long now)
    {
        session.Output.Progress($"  enter {text} at the device");
    }

    /// <inheritdoc/>
    public void OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now)
    {
        Array.Clear(deviceKey);
        Node!.IsProvisional = false;
        session.Save();
    }

    /// <inheritdoc/>
    public void OnFailed(ProvisionerFailure failure, int error, long now)
    {
        Error = error;
    }

    private NodeAssignment Enter(NodeAssignment assignment, int elements, byte[] deviceKey)
    {
        MeshNetwork network = session.Network;

        // It is a device still, as it has just shown: what an earlier attempt has left here has not become a node.
        foreach (KnownNode left in network.Nodes.Where(node => node.IsProvisional && node.Uuid == _uuid).ToArray())
        {
            network.RemoveNode(left);
        }

        KnownNode node = network.AddNode(assignment.UnicastAddress, elements, deviceKey);
        node.Uuid = _uuid;
        node.Name = name ?? $"Node {assignment.UnicastAddress:x4}";
        node.IsProvisional = true;

        try
        {
            session.Save();
        }
        catch
        {
            network.RemoveNode(node);

            throw;
        }

        Node = node;

        return assignment;
    }

    private void Ask()
    {
        _typed = Task.Run(Console.ReadLine);
    }
}
