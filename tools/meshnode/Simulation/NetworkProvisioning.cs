using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;

namespace MeshNode.Simulation;

/// <summary>Makes a device a node of a network, and takes it into the network's list.</summary>
public sealed class NetworkProvisioning(MeshNetwork network) : IProvisionerClient
{
    /// <summary>The node, once it is one.</summary>
    public KnownNode? Node { get; private set; }

    /// <summary>Why it is none.</summary>
    public ProvisionerFailure Failure { get; private set; }

    /// <inheritdoc/>
    public NodeAssignment? Assign(DeviceCapabilities capabilities, byte[] deviceKey)
    {
        return network.Assign(capabilities.Elements);
    }

    /// <inheritdoc/>
    public void OnOutputOob(int action, int size, long now)
    {
    }

    /// <inheritdoc/>
    public void OnInputNumber(int action, uint number, int digits, long now)
    {
    }

    /// <inheritdoc/>
    public void OnInputText(string text, long now)
    {
    }

    /// <inheritdoc/>
    public void OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now)
    {
        Node = network.AddNode(assignment.UnicastAddress, capabilities.Elements, deviceKey);
    }

    /// <inheritdoc/>
    public void OnFailed(ProvisionerFailure failure, int error, long now)
    {
        Failure = failure;
    }
}
