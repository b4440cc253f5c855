using System.IO;

namespace MeshNode.BoardApplication
{
    /// <summary>Counts boots on the internal drive. The new number is written beside the old, so that a power cut leaves one of both.</summary>
    internal static class BootCounter
    {
        private const string Current = "I:\\boots.bin";
        private const string Next = "I:\\boots.new";

        public static int Increment()
        {
            if (!File.Exists(Current) && File.Exists(Next))
            {
                File.Move(Next, Current);
            }

            int boots = File.Exists(Current) ? File.ReadAllBytes(Current)[0] + 1 : 1;

            using (FileStream file = new FileStream(Next, FileMode.Create, FileAccess.Write))
            {
                file.WriteByte((byte)boots);
            }

            File.Delete(Current);
            File.Move(Next, Current);

            return boots;
        }
    }
}
