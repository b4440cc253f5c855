using MeshNode.Hardware;

namespace MeshNode
{
    /// <summary>
    /// ESP32-DevKitC: lamp and status LED at pins of the header, from the pin over a resistor to ground; the button is the one marked BOOT. Many boards have an LED at GPIO 2.
    /// </summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            BoardPins pins = new BoardPins
            {
                Board = "ESP32-DevKitC",
                Lamp = 2,
                Status = 4,
                Button = 0,
                ButtonHasPullUp = true,
            };

            new NodeApplication(pins, new NodeSettings()).Run();
        }
    }
}
