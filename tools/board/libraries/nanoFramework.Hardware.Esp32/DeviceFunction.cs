namespace nanoFramework.Hardware.Esp32;

/// <summary>What pins can be used for, as far as a virtual board knows it: the outputs of pulses.</summary>
public enum DeviceFunction
{
    PWM1 = 0x40100,
    PWM2 = 0x40200,
    PWM3 = 0x40300,
    PWM4 = 0x40400,
    PWM5 = 0x40500,
    PWM6 = 0x40600,
    PWM7 = 0x40700,
    PWM8 = 0x40800,
    PWM9 = 0x40900,
    PWM10 = 0x40A00,
    PWM11 = 0x40B00,
    PWM12 = 0x40C00,
    PWM13 = 0x40D00,
    PWM14 = 0x40E00,
    PWM15 = 0x40F00,
    PWM16 = 0x41000,
}
