namespace MeshNode.Kit.Provisioning;

/// <summary>What a provisioner chooses of a device's offer: the parameters of a Start PDU. See Mesh Protocol 1.1, section 5.4.1.3.</summary>
public sealed record ProvisioningChoice(int Algorithm, bool OobPublicKey, int Method, int Action, int Size);
