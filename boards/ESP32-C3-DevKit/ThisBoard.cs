using MeshNode.Hardware;

namespace MeshNode
{
    /// <summary>
    /// ESP32-C3-DevKit: lamp and status LED at pins of the header, from the pin over a resistor to ground, as the LED on the board is not one that a pin switches; the button is the one marked BOOT.
    /// </summary>
    public static class ThisBoard
    {
        /// <summary>What is connected where.</summary>
        public static BoardPins Pins()
        {
            return new BoardPins
            {
                Board = "ESP32-C3-DevKit",
                Lamp = 4,
                Status = 5,
                Button = 9,
                ButtonHasPullUp = true,
            };
        }

        /// <summary>What the maker decides.</summary>
        public static NodeSettings Settings()
        {
            return new NodeSettings();
        }
    }
}
