using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using MeshNode.Provisioning;

namespace MeshNode.Kit.Provisioning;

/// <summary>What a provisioner is ready to use, and what it knows of the device out of band.</summary>
public sealed class ProvisioningPolicy
{
    private const int CountedSize = 1;
    private const int BitsInOctet = 8;
    private const int MostBits = 256;
    private const double BitsInDigit = 3.3219;
    private const double BitsInLetter = 5.1699;

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

    /// <summary>The least strength of the authentication, in bits that somebody in between has to guess: 0 allows none at all.</summary>
    public int MinimumStrength { get; init; }

    /// <summary>Whether the device's public key must be known out of band.</summary>
    public bool RequireOobPublicKey { get; init; }

    /// <summary>Bits that somebody in between has to guess at once.</summary>
    /// <param name="choice">Of a device with this static OOB value.</param>
    public static int Strength(ProvisioningChoice choice, byte[]? staticOob)
    {
        return choice.Method switch
        {
            AuthenticationMethod.StaticOob => Math.Min(BitsInOctet * staticOob!.Length, choice.Algorithm == ProvisioningAlgorithm.HmacSha256 ? MostBits : MostBits / 2),
            AuthenticationMethod.OutputOob when choice.Action == OutputOobAction.Alphanumeric => (int)(choice.Size * BitsInLetter),
            AuthenticationMethod.InputOob when choice.Action == InputOobAction.Alphanumeric => (int)(choice.Size * BitsInLetter),
            AuthenticationMethod.None => 0,
            _ => (int)(choice.Size * BitsInDigit),
        };
    }

    /// <summary>Chooses the strongest of what both sides can; with the same strength static before output before input.</summary>
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
        List<ProvisioningChoice> choices = [];

        if (StaticOob != null && device.StaticOob)
        {
            choices.Add(new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.StaticOob, 0, 0));
        }

        int output = device.OutputOobSize == 0 || !AllowOutputOob ? 0 : OutputOobActions & device.OutputOobActions & 0x1F;

        if (output != 0)
        {
            int action = BitOperations.Log2((uint)output);
            int size = action >= OutputOobAction.Numeric ? device.OutputOobSize : CountedSize;
            choices.Add(new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.OutputOob, action, size));
        }

        int input = device.InputOobSize == 0 || !AllowInputOob ? 0 : InputOobActions & device.InputOobActions & 0x0F;

        if (input != 0)
        {
            int action = BitOperations.Log2((uint)input);
            int size = action >= InputOobAction.Numeric ? device.InputOobSize : CountedSize;
            choices.Add(new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.InputOob, action, size));
        }

        if (AllowNoOob && !device.OnlyOob)
        {
            choices.Add(new ProvisioningChoice(algorithm, oobKey, AuthenticationMethod.None, 0, 0));
        }

        ProvisioningChoice? choice = choices.MaxBy(candidate => Strength(candidate, StaticOob));

        if (choice == null)
        {
            failure = ProvisionerFailure.NoCommonMethod;
        }
        else if (Strength(choice, StaticOob) < MinimumStrength || (RequireOobPublicKey && !oobKey))
        {
            failure = ProvisionerFailure.TooWeak;
            choice = null;
        }

        return choice;
    }
}
