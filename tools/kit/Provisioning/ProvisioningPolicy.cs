using System.Numerics;
using MeshNode.Provisioning;

namespace MeshNode.Kit.Provisioning;

/// <summary>What a provisioner is ready to use, and what it knows of the device out of band.</summary>
public sealed class ProvisioningPolicy
{
    private const int CountedSize = 1;

    /// <summary>Algorithms it uses, bits of <see cref="ProvisioningAlgorithm"/>; HMAC-SHA256 is preferred.</summary>
    public int Algorithms { get; init; } = ProvisioningAlgorithm.HmacSha256Flag | ProvisioningAlgorithm.CmacFlag;

    /// <summary>The device's static OOB value, or <see langword="null"/> when it is not known.</summary>
    public byte[]? StaticOob { get; init; }

    /// <summary>The device's public key, 64 octets, or <see langword="null"/> when it is not known out of band.</summary>
    public byte[]? DevicePublicKey { get; init; }

    /// <summary>Whether a user can read a value from the device.</summary>
    public bool AllowOutputOob { get; init; }

    /// <summary>Output OOB actions that the user can perceive, one bit for each of <see cref="OutputOobAction"/>.</summary>
    public int OutputOobActions { get; init; } = 0x1F;

    /// <summary>Whether a user can enter a value at the device.</summary>
    public bool AllowInputOob { get; init; }

    /// <summary>Input OOB actions that the user can perform, one bit for each of <see cref="InputOobAction"/>.</summary>
    public int InputOobActions { get; init; } = 0x0F;

    /// <summary>Whether a device may go unauthenticated.</summary>
    public bool AllowNoOob { get; init; } = true;

    /// <summary>Chooses the strongest of what both sides can: static, output, input, none.</summary>
    /// <returns>The choice, or <see langword="null"/> and the reason.</returns>
    public ProvisioningChoice? Choose(DeviceCapabilities device, out ProvisionerFailure failure)
    {
        int algorithms = Algorithms & device.Algorithms;
        bool oobKey = DevicePublicKey != null && device.OobPublicKey;
        failure = ProvisionerFailure.None;

        if ((algorithms & (ProvisioningAlgorithm.HmacSha256Flag | ProvisioningAlgorithm.CmacFlag)) == 0)
        {
            failure = ProvisionerFailure.NoCommonAlgorithm;

            return null;
        }

        int algorithm = (algorithms & ProvisioningAlgorithm.HmacSha256Flag) != 0 ? ProvisioningAlgorithm.HmacSha256 : ProvisioningAlgorithm.Cmac;

        if (StaticOob != null && device.StaticOob)
        {
            return new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.StaticOob, 0, 0);
        }

        int output = device.OutputOobSize == 0 ? 0 : OutputOobActions & device.OutputOobActions & 0x1F;

        if (AllowOutputOob && output != 0)
        {
            int action = BitOperations.Log2((uint)output);
            int size = action >= OutputOobAction.Numeric ? device.OutputOobSize : CountedSize;

            return new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.OutputOob, action, size);
        }

        int input = device.InputOobSize == 0 ? 0 : InputOobActions & device.InputOobActions & 0x0F;

        if (AllowInputOob && input != 0)
        {
            int action = BitOperations.Log2((uint)input);
            int size = action >= InputOobAction.Numeric ? device.InputOobSize : CountedSize;

            return new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.InputOob, action, size);
        }

        if (AllowNoOob && !device.OnlyOob)
        {
            return new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.None, 0, 0);
        }

        failure = ProvisionerFailure.NoCommonMethod;

        return null;
    }
}
