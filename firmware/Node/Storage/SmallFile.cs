using System;
using System.IO;

namespace MeshNode.Storage
{
    /// <summary>A few octets in a file of the internal drive. No member throws.</summary>
    internal static class SmallFile
    {
        /// <returns>What the file holds, or <see langword="null"/> when it is not there or cannot be read.</returns>
        public static byte[] Read(string path)
        {
            try
            {
                return File.Exists(path) ? File.ReadAllBytes(path) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <returns>Whether the file holds these octets now, and nothing else.</returns>
        public static bool Write(string path, byte[] octets)
        {
            try
            {
                File.WriteAllBytes(path, octets);

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <returns>Whether the file is not there.</returns>
        public static bool Delete(string path)
        {
            try
            {
                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
