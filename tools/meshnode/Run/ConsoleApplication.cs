using System;
using System.Text;
using MeshNode.Access;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Provisioning;
using Spectre.Console;

namespace MeshNode.Tool.Run;

/// <summary>The application of a node in real time: says what happens.</summary>
/// <param name="reset">Is called when the node has left its network.</param>
internal sealed class ConsoleApplication(IAnsiConsole console, Action reset) : IProvisioningClient, INodeClient, IHealthClient, IStateClient
{
    /// <inheritdoc/>
    public void OnAttention(int seconds, long now)
    {
        Say(now, $"attention for {seconds} s");
    }

    /// <inheritdoc/>
    public bool RunTest(int testId, long now)
    {
        Say(now, $"test {testId}");

        return testId == 0;
    }

    /// <inheritdoc/>
    public void OnStateChanged(Model server, int value, long now)
    {
        Say(now, value > 0 ? $"lamp on, lightness {value}" : "lamp off");
    }

    /// <inheritdoc/>
    public bool ShowNumber(int action, uint number, int digits, long now)
    {
        Say(now, $"output OOB {number.ToString("D" + digits)}");

        return true;
    }

    /// <inheritdoc/>
    public bool ShowText(byte[] text, int count, long now)
    {
        Say(now, $"output OOB {Encoding.ASCII.GetString(text, 0, count)}");

        return true;
    }

    /// <inheritdoc/>
    public bool RequestInput(int action, int size, long now)
    {
        Say(now, $"input OOB {size} digits");

        return true;
    }

    /// <inheritdoc/>
    public void OnOobEnded(long now)
    {
    }

    /// <inheritdoc/>
    public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
    {
        Say(now, $"provisioned: node {data.UnicastAddress:X4}, NetKey Index {data.NetKeyIndex:X3}, IV Index {data.IvIndex:X8}");
    }

    /// <inheritdoc/>
    public void OnFailed(int error, long now)
    {
        Say(now, $"provisioning has failed, error {error}");
    }

    /// <inheritdoc/>
    public void OnReset(long now)
    {
        Say(now, "has left its network");
        reset();
    }

    /// <summary>Says something.</summary>
    public void Say(long now, string text)
    {
        console.WriteLine(FormattableString.Invariant($"{now / 1000.0,9:F3}  {text}"));
    }
}
