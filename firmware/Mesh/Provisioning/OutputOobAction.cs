namespace MeshNode.Provisioning
{
    /// <summary>How a device shows a value. See Mesh Protocol 1.1, section 5.4.1.3.</summary>
    public static class OutputOobAction
    {
        /// <summary>It blinks that often.</summary>
        public const int Blink = 0x00;

        /// <summary>It beeps that often.</summary>
        public const int Beep = 0x01;

        /// <summary>It vibrates that often.</summary>
        public const int Vibrate = 0x02;

        /// <summary>It shows a number.</summary>
        public const int Numeric = 0x03;

        /// <summary>It shows digits and upper-case letters.</summary>
        public const int Alphanumeric = 0x04;
    }
}
