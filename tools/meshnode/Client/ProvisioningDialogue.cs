using System;
using System.Globalization;
using System.Threading.Tasks;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Provisioning;

namespace MeshNode.Tool.Client;

/// <summary>The user's part in provisioning a device. A node is in the database before anything else happens.</summary>
internal sealed class ProvisioningDialogue(Session session, string device, string? name) : IProvisionerClient
{
    private Task<string?>? _typed;
    private bool _isText;

    /// <summary>The node, once it is one.</summary>
    public KnownNode? Node { get; private set; }

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
    public NodeAssignment? Assign(DeviceCapabilities capabilities)
    {
        return session.Network.Assign(capabilities.Elements);
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
        Node = session.Network.AddNode(assignment.UnicastAddress, capabilities.Elements, deviceKey);
        Node.Uuid = Guid.ParseExact(device, "N");
        Node.Name = name ?? $"Node {assignment.UnicastAddress:x4}";
        Array.Clear(deviceKey);
        session.Save();
    }

    /// <inheritdoc/>
    public void OnFailed(ProvisionerFailure failure, int error, long now)
    {
        Error = error;
    }

    private void Ask()
    {
        _typed = Task.Run(Console.ReadLine);
    }
}
