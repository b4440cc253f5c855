using MeshNode.Board;

namespace System.Threading
{
    /// <summary>Stands in for .NET's: its callbacks run when the board gives them the turn.</summary>
    internal sealed class Timer
    {
        public Timer(TimerCallback callback, object state, int dueTime, int period)
        {
            new ChipThread(() =>
            {
                Chip.Sleep(dueTime);

                while (true)
                {
                    callback(state);
                    Chip.Sleep(period);
                }
            }).Start();
        }
    }
}
