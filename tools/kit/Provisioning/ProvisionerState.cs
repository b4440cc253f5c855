namespace MeshNode.Kit.Provisioning;

/// <summary>What a <see cref="Provisioner"/> waits for.</summary>
public enum ProvisionerState
{
    /// <summary>It was not started.</summary>
    Idle,

    /// <summary>The link.</summary>
    Link,

    /// <summary>Capabilities.</summary>
    Capabilities,

    /// <summary>The device's public key.</summary>
    PublicKey,

    /// <summary>The user, who reads a value from the device.</summary>
    OutputOob,

    /// <summary>Input Complete: the user enters a value at the device.</summary>
    InputComplete,

    /// <summary>The device's confirmation.</summary>
    Confirmation,

    /// <summary>The device's random.</summary>
    Random,

    /// <summary>Complete.</summary>
    Complete,

    /// <summary>Nothing: the device is a node.</summary>
    Provisioned,

    /// <summary>Nothing: it has failed.</summary>
    Failed,
}
