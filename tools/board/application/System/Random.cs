using MeshNode.Board;

namespace System
{
    /// <summary>Stands in for .NET's: draws from the generator of the board, as an ESP32 does whatever the seed.</summary>
    internal class Random
    {
        private readonly byte[] _word = new byte[sizeof(int)];

        public Random()
        {
        }

        public Random(int seed)
        {
        }

        public virtual int Next()
        {
            Chip.FillRandom(_word);

            return BitConverter.ToInt32(_word, 0) & int.MaxValue;
        }

        public virtual int Next(int maxValue)
        {
            return Next() % maxValue;
        }

        public virtual double NextDouble()
        {
            return Next() / (double)int.MaxValue;
        }

        public virtual void NextBytes(byte[] buffer)
        {
            Chip.FillRandom(buffer);
        }
    }
}
