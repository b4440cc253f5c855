namespace MeshNode.Hardware
{
    /// <summary>What the user wants of a <see cref="Button"/>.</summary>
    internal static class ButtonAction
    {
        /// <summary>Nothing.</summary>
        public const int None = 0;

        /// <summary>Pressed and let go within <see cref="Button.HoldTime"/>.</summary>
        public const int Press = 1;

        /// <summary>Held for <see cref="Button.HoldTime"/>.</summary>
        public const int Hold = 2;

        /// <summary>Held for <see cref="Button.ResetTime"/>.</summary>
        public const int Reset = 3;
    }
}
