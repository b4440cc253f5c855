using System;

namespace MeshNode
{
    /// <summary>Writes lines to the debug channel, each with the time since the start. Keys are never given to it.</summary>
    public sealed class NodeLog
    {
        private const int Second = 1000;
        private const int TimeWidth = 7;
        private const int FractionWidth = 3;

        /// <summary>Writes a line.</summary>
        public void Write(long now, string text)
        {
            string seconds = (now / Second).ToString().PadLeft(TimeWidth);
            string fraction = (now % Second).ToString().PadLeft(FractionWidth, '0');
            Console.WriteLine(seconds + "." + fraction + "  " + text);
        }
    }
}
