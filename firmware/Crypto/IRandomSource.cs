namespace MeshNode.Crypto
{
    /// <summary>
    /// Where the node takes its random octets from: the chip's generator on the device, the operating system's or a
    /// seeded one on a PC.
    /// </summary>
    public interface IRandomSource
    {
        /// <summary>Fills <paramref name="count"/> octets of <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
        void Fill(byte[] buffer, int offset, int count);
    }
}
