using MeshNode.Crypto;

namespace MeshNode.Fakes
{
    /// <summary>Random octets that count up.</summary>
    internal sealed class CountingRandom : IRandomSource
    {
        /// <summary>The next octet.</summary>
        public byte Next;

        /// <summary>Added to it each time.</summary>
        public byte Step = 1;

        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = Next;
                Next += Step;
            }
        }
    }
}
