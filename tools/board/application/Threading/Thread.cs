using MeshNode.Board;

namespace System.Threading
{
    /// <summary>Stands in for .NET's: runs when the board gives it the turn.</summary>
    internal sealed class Thread
    {
        private readonly ChipThread _thread;

        public Thread(ThreadStart start)
            : this(new ChipThread(() => start()))
        {
        }

        private Thread(ChipThread thread)
        {
            _thread = thread;
        }

        public static Thread CurrentThread => new Thread(ChipThread.Current);

        public bool IsAlive => _thread.IsAlive;

        public int ManagedThreadId => _thread.Number;

        /// <summary>Without effect: threads take turns.</summary>
        public ThreadPriority Priority { get; set; } = ThreadPriority.Normal;

        public static void Sleep(int millisecondsTimeout)
        {
            Chip.Sleep(millisecondsTimeout);
        }

        public static void Sleep(TimeSpan timeout)
        {
            Chip.Sleep((int)timeout.TotalMilliseconds);
        }

        public void Start()
        {
            _thread.Start();
        }

        public void Join()
        {
            _thread.Join(Timeout.Infinite);
        }

        public bool Join(int millisecondsTimeout)
        {
            return _thread.Join(millisecondsTimeout);
        }
    }
}
