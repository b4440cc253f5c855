namespace MeshNode.Provisioning
{
    /// <summary>How the provisioner authenticates the device. See Mesh Protocol 1.1, section 5.4.1.3.</summary>
    public static class AuthenticationMethod
    {
        /// <summary>It does not.</summary>
        public const int None = 0x00;

        /// <summary>Both know a value.</summary>
        public const int StaticOob = 0x01;

        /// <summary>The device shows a value.</summary>
        public const int OutputOob = 0x02;

        /// <summary>The user tells the device a value.</summary>
        public const int InputOob = 0x03;
    }
}
