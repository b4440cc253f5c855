using System;
using MeshNode.Provisioning;

namespace MeshNode.Kit.Provisioning;

/// <summary>What an unprovisioned device offers. See Mesh Protocol 1.1, section 5.4.1.2.</summary>
/// <param name="Elements">Number of elements.</param>
/// <param name="Algorithms">Bits of <see cref="ProvisioningAlgorithm"/>.</param>
/// <param name="OobPublicKey">Whether its public key is known out of band.</param>
/// <param name="StaticOob">Whether it has a static OOB value.</param>
/// <param name="OnlyOob">Whether it refuses provisioners that do not authenticate it.</param>
public sealed record DeviceCapabilities(
    int Elements,
    int Algorithms,
    bool OobPublicKey,
    bool StaticOob,
    bool OnlyOob,
    int OutputOobSize,
    int OutputOobActions,
    int InputOobSize,
    int InputOobActions)
{
    private const int MaxOobSize = 8;

    /// <summary>Reads the parameters of a Capabilities PDU.</summary>
    /// <returns><see langword="null"/> when a value is prohibited.</returns>
    public static DeviceCapabilities? Decode(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length != ProvisioningCapabilities.Size
            || parameters[0] == 0
            || parameters[5] > MaxOobSize
            || parameters[8] > MaxOobSize)
        {
            return null;
        }

        return new DeviceCapabilities(
            parameters[0],
            (parameters[1] << 8) | parameters[2],
            (parameters[3] & 0x01) != 0,
            (parameters[4] & 0x01) != 0,
            (parameters[4] & 0x02) != 0,
            parameters[5],
            (parameters[6] << 8) | parameters[7],
            parameters[8],
            (parameters[9] << 8) | parameters[10]);
    }
}
