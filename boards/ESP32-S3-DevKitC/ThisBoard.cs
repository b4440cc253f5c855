using MeshNode.Hardware;
using MeshNode.Models.Lighting;

namespace MeshNode
{
    /// <summary>
    /// ESP32-S3-DevKitC: lamp and status LED at pins of the header, from the pin over a resistor to ground, as the LED on the board is not one that a pin switches; the button is the one marked BOOT.
    /// </summary>
    public static class ThisBoard
    {
        /// <summary>What is connected where.</summary>
        public static BoardPins Pins()
        {
            return new BoardPins
            {
                Board = "ESP32-S3-DevKitC",
                Lamp = 4,
                Output = new DimmedOutput(),
                Status = 5,
                Button = 0,
                ButtonHasPullUp = true,
            };
        }

        /// <summary>What the maker decides.</summary>
        public static NodeSettings Settings()
        {
            // There is PSRAM.
            NodeSettings settings = new NodeSettings { Profile = new StackProfile(), JournalSize = 16384, Lamp = new DimmableLamp() };
            settings.Bearer.Reports = 64;

            return settings;
        }
    }
}
