using MeshNode.Hardware;
using MeshNode.Models.Lighting;

namespace MeshNode
{
    /// <summary>
    /// M5Core2: lamp and status LED at port A, from the pin over a resistor to ground; a button from G27 of the M-Bus to ground, as the three on the board belong to the touch screen.
    /// </summary>
    public static class ThisBoard
    {
        /// <summary>What is connected where.</summary>
        public static BoardPins Pins()
        {
            return new BoardPins
            {
                Board = "M5Core2",
                Lamp = 32,
                Output = new DimmedOutput(),
                Status = 33,
                Button = 27,
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
