namespace nanoFramework.Runtime.Native;

/// <summary>Who wants to know of a reboot, on one board since its reset.</summary>
internal sealed class PowerState
{
    public RebootEventHandler Handlers { get; set; }
}
