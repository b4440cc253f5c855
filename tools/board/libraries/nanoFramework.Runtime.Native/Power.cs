using MeshNode.Board;

namespace nanoFramework.Runtime.Native;

/// <summary>Reboots the board.</summary>
public class Power
{
    public static event RebootEventHandler OnRebootEvent
    {
        add => Chip.Boot.State<PowerState>().Handlers += value;
        remove => Chip.Boot.State<PowerState>().Handlers -= value;
    }

    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
    {
        Chip.Boot.ThrowIfOver();
        Chip.Boot.State<PowerState>().Handlers?.Invoke();
        Chip.Write("Reboot");
        Chip.Board.Reboot();
    }

    public static void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot)
    {
        RebootDevice(rebootOption);
    }
}
