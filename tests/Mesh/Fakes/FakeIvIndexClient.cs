using MeshNode.Network;

namespace MeshNode.Fakes
{
    /// <summary>Counts what an IV Index tells.</summary>
    internal sealed class FakeIvIndexClient : IIvIndexClient
    {
        public int Changes;

        /// <summary>Changes of the IV Index for transmitting.</summary>
        public int TransmitIndexChanges;

        public long LastTime;

        public void OnIvIndexChanged(bool transmitIndexChanged, long now)
        {
            Changes++;
            LastTime = now;

            if (transmitIndexChanged)
            {
                TransmitIndexChanges++;
            }
        }
    }
}
