using System;
using MeshNode.Crypto;

namespace MeshNode.Hardware
{
    /// <summary>The chip's random number generator: on an ESP32, System.Random takes from it whatever its seed is. It is true while the radio is on.</summary>
    internal sealed class ChipRandom : IRandomSource
    {
        private const int Size = 16;

        private readonly Random _random = new Random();
        private readonly byte[] _octets = new byte[Size];

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            while (count > 0)
            {
                int part = count < Size ? count : Size;
                _random.NextBytes(_octets);
                Array.Copy(_octets, 0, buffer, offset, part);
                offset += part;
                count -= part;
            }

            Array.Clear(_octets, 0, Size);
        }
    }
}
