using System.Device.Gpio;
using MeshNode.Models.Generic;

namespace MeshNode.Hardware
{
    /// <summary>What gives light: how a board's lamp is driven.</summary>
    public abstract class LampOutput
    {
        /// <summary>The highest level.</summary>
        public const int Highest = LampModels.Highest;

        /// <summary>Takes the pin, and is dark.</summary>
        /// <param name="pin">See <see cref="BoardPins"/>.</param>
        /// <param name="isActiveLow">Whether it gives light when the pin is low.</param>
        /// <returns>Whether the pin can do it.</returns>
        public abstract bool Open(GpioController controller, int pin, bool isActiveLow);

        /// <summary>Gives light.</summary>
        /// <param name="level">As it is perceived, 0 for none, to <see cref="Highest"/>.</param>
        public abstract void Show(int level);
    }
}
