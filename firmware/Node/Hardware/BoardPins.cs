namespace MeshNode.Hardware
{
    /// <summary>What is connected to which pin of a board. GPIO numbers of the chip; <see cref="None"/> for nothing.</summary>
    public sealed class BoardPins
    {
        /// <summary>Not connected.</summary>
        public const int None = -1;

        /// <summary>Name of the board, for the log.</summary>
        public string Board = "";

        /// <summary>The lamp.</summary>
        public int Lamp = None;

        /// <summary>Whether the lamp is on when its pin is low.</summary>
        public bool LampActiveLow;

        /// <summary>How the lamp is driven; <see langword="null"/> for one that is on or off.</summary>
        public LampOutput Output;

        /// <summary>The status LED.</summary>
        public int Status = None;

        /// <summary>Whether the status LED is on when its pin is low.</summary>
        public bool StatusActiveLow;

        /// <summary>The button, which connects its pin to ground.</summary>
        public int Button = None;

        /// <summary>Whether the board has a resistor that pulls the button's pin up; else that of the chip is used.</summary>
        public bool ButtonHasPullUp;
    }
}
