using MeshNode.Hardware;
using MeshNode.Models.Lighting;

namespace MeshNode
{
    /// <summary>
    /// ESP32-DevKitC: lamp and status LED at pins of the header, from the pin over a resistor to ground; the button is the one marked BOOT. Many boards have an LED at GPIO 2.
    /// </summary>
    public static class ThisBoard
    {
        /// <summary>What is connected where.</summary>
        public static BoardPins Pins()
        {
            return new BoardPins
            {
                Board = "ESP32-DevKitC",
                Lamp = 2,
                Output = new DimmedOutput(),
                Status = 4,
                Button = 0,
                ButtonHasPullUp = true,
            };
        }

        /// <summary>What the maker decides.</summary>
        public static NodeSettings Settings()
        {
            // The module is a WROVER: there is PSRAM. A WROOM has none, and too little RAM.
            NodeSettings settings = new NodeSettings { Profile = new StackProfile(), JournalSize = 16384, Lamp = new DimmableLamp() };
            settings.Bearer.Reports = 64;

            return settings;
        }
    }
}
