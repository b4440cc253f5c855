using System;

namespace nanoFramework.Runtime.Native
{
    public static class GC
    {
        public static extern uint Run(bool compactHeap);
        public static extern void EnableGCMessages(bool enable);
    }

    public class Power
    {
        public extern Power();
        public static event RebootEventHandler OnRebootEvent;
        public static extern void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = 0);
        public static extern void RebootDevice(RebootOption rebootOption = 0);
    }

    public delegate void RebootEventHandler();

    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    public static class SystemInfo
    {
        public static extern Version Version { get; }
        public static extern byte Model { get; }
        public static extern byte OEM { get; }
        public static extern string OEMString { get; }
        public static extern string Platform { get; }
        public static extern string TargetName { get; }
        public static extern ushort SKU { get; }
        public static extern SystemInfo.FloatingPoint FloatingPointSupport { get; }

        public enum FloatingPoint
        {
            None = 0,
            SinglePrecisionSoftware = 1,
            SinglePrecisionHardware = 2,
            DoublePrecisionSoftware = 3,
            DoublePrecisionHardware = 4,
        }
    }
}
