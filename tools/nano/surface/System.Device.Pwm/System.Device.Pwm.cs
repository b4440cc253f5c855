namespace System.Device.Pwm
{
    public sealed class PwmChannel : IDisposable
    {
        public extern PwmChannel(int chip, int channel, int frequency = 400, double dutyCyclePercentage = 0.5);
        public extern double DutyCycle { get; set; }
        public extern int Frequency { get; set; }
        public static extern PwmChannel Create(int chip, int channel, int frequency = 400, double dutyCyclePercentage = 0.5);
        public static extern PwmChannel CreateFromPin(int pin, int frequency = 400, double dutyCyclePercentage = 0.5);
        public extern void Dispose();
        public extern void Start();
        public extern void Stop();
    }
}
