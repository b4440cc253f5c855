namespace MeshNode.Provisioning
{
    /// <summary>How a user tells a device a value. See Mesh Protocol 1.1, section 5.4.1.3.</summary>
    public static class InputOobAction
    {
        /// <summary>A button is pushed that often.</summary>
        public const int Push = 0x00;

        /// <summary>Something is twisted that often.</summary>
        public const int Twist = 0x01;

        /// <summary>A number is entered.</summary>
        public const int Numeric = 0x02;

        /// <summary>Digits and upper-case letters are entered.</summary>
        public const int Alphanumeric = 0x03;
    }
}
