using MeshNode.Kit.Messages;

namespace MeshNode.Kit.Client;

/// <summary>A client model that is bound to application keys.</summary>
public sealed class ApplicationClient : ClientModel
{
    private ApplicationClient(int id, params int[] statusOpcodes)
        : base(id, statusOpcodes)
    {
    }

    internal static ApplicationClient Health()
    {
        return new(
            0x0003, Opcodes.HealthCurrentStatus, Opcodes.HealthFaultStatus, Opcodes.HealthPeriodStatus, Opcodes.HealthAttentionStatus);
    }

    internal static ApplicationClient GenericOnOff()
    {
        return new(0x1001, Opcodes.GenericOnOffStatus);
    }

    internal static ApplicationClient GenericLevel()
    {
        return new(0x1003, Opcodes.GenericLevelStatus);
    }

    internal static ApplicationClient GenericDefaultTransitionTime()
    {
        return new(0x1005, Opcodes.GenericDefaultTransitionTimeStatus);
    }

    internal static ApplicationClient GenericPowerOnOff()
    {
        return new(0x1008, Opcodes.GenericOnPowerUpStatus);
    }

    internal static ApplicationClient LightLightness()
    {
        return new(
            0x1302,
            Opcodes.LightLightnessStatus,
            Opcodes.LightLightnessLinearStatus,
            Opcodes.LightLightnessLastStatus,
            Opcodes.LightLightnessDefaultStatus,
            Opcodes.LightLightnessRangeStatus);
    }
}
