namespace MeshNode.Storage
{
    /// <summary>
    /// Two areas of memory that keeps its content without power, numbered 0 and 1: files, or raw flash.
    /// </summary>
    /// <remarks>
    /// An area is written from front to back, in multiples of 4 octets, each place once after an erasure. No member throws. A medium of files
    /// has an area of length 0 where there is no file; what counts as written is what is still there after a loss of power at any later time.
    /// </remarks>
    public interface IJournalMedium
    {
        /// <summary>Octets of each area: a multiple of 4, at most 65,532.</summary>
        int Capacity { get; }

        /// <summary>Octets of an area that may hold something: the length of a file, <see cref="Capacity"/> of raw flash.</summary>
        int Length(int area);

        /// <summary>Reads from an area, inside its <see cref="Length"/>. Erased octets are 0xFF.</summary>
        /// <returns><see langword="false"/> when the octets could not be read.</returns>
        bool Read(int area, int position, byte[] buffer, int offset, int count);

        /// <summary>Writes behind what the area holds. Needs to be kept only once <see cref="Flush"/> has returned.</summary>
        /// <param name="buffer">Not kept.</param>
        /// <returns><see langword="false"/> when it failed; any of the octets may have been written.</returns>
        bool Write(int area, int position, byte[] buffer, int offset, int count);

        /// <summary>Makes what was written to an area last. Raw flash has nothing to do, and cannot fail.</summary>
        /// <returns><see langword="false"/> when it failed; any of the octets may have been written.</returns>
        bool Flush(int area);

        /// <summary>Erases an area, and returns when it is erased for good. A file is erased as a whole or not at all.</summary>
        /// <returns><see langword="false"/> when it failed; of raw flash any part may have been erased.</returns>
        bool Erase(int area);
    }
}
