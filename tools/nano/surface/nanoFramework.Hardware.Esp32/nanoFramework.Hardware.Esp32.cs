using System;

namespace nanoFramework.Hardware.Esp32
{
    public class HighResTimer
    {
        public extern HighResTimer();
        public static extern ulong GetCurrent();
    }

    public class NativeMemory
    {
        public extern NativeMemory();
        public static extern void GetMemoryInfo(NativeMemory.MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock);

        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }
    }

    public class Sleep
    {
        public extern Sleep();
        public static extern Sleep.WakeupCause GetWakeupCause();

        public enum WakeupCause
        {
            Undefined = 0,
            Ext0 = 2,
            Ext1 = 3,
            Timer = 4,
            TouchPad = 5,
            Ulp = 6,
            Gpio = 7,
            Uart = 8,
            Wifi = 9,
            CoCpu = 10,
            CoCpuTrapTrig = 11,
            Bt = 12,
        }
    }
}
