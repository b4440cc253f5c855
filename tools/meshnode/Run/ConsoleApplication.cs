using System;
using System.Text;
using MeshNode.Network;
using MeshNode.Provisioning;
using Spectre.Console;

namespace MeshNode.Tool.Run;

/// <summary>
/// The application of a node in real time: says what happens. As the layers above the network layer are not built yet, messages for
/// the node end here.
/// </summary>
internal sealed class ConsoleApplication(IAnsiConsole console) : IProvisioningClient, INetworkLayerClient
{
    /// <inheritdoc/>
    public bool IsSubscribed(int destination)
    {
        return false;
    }

    /// <inheritdoc/>
    public bool OnNetworkPdu(NetworkPdu pdu, long now)
    {
        Say(now, $"received {pdu.Source:x4} -> {pdu.Destination:x4} SEQ {pdu.Sequence:x6} TTL {pdu.Ttl} CTL {(pdu.Control ? 1 : 0)}");

        return true;
    }

    /// <inheritdoc/>
    public void OnSent(int tag, long now)
    {
    }

    /// <inheritdoc/>
    public void OnAttention(int seconds, long now)
    {
        Say(now, $"attention for {seconds} s");
    }

    /// <inheritdoc/>
    public bool ShowNumber(int action, uint number, int digits, long now)
    {
        Say(now, $"output OOB: {number.ToString("D" + digits)}");

        return true;
    }

    /// <inheritdoc/>
    public bool ShowText(byte[] text, int count, long now)
    {
        Say(now, $"output OOB: {Encoding.ASCII.GetString(text, 0, count)}");

        return true;
    }

    /// <inheritdoc/>
    public bool RequestInput(int action, int size, long now)
    {
        return false;
    }

    /// <inheritdoc/>
    public void OnOobEnded(long now)
    {
    }

    /// <inheritdoc/>
    public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
    {
        Say(now, $"provisioned: unicast address {data.UnicastAddress:x4}, NetKey Index {data.NetKeyIndex:x3}, IV Index {data.IvIndex:x8}");
    }

    /// <inheritdoc/>
    public void OnFailed(int error, long now)
    {
        Say(now, $"provisioning has failed, error {error}");
    }

    /// <summary>Says something.</summary>
    public void Say(long now, string text)
    {
        console.WriteLine(FormattableString.Invariant($"{now / 1000.0,9:F3}  {text}"));
    }
}
