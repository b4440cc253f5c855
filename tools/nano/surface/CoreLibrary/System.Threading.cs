namespace System.Threading
{
    public sealed class AutoResetEvent : WaitHandle
    {
        public extern AutoResetEvent(bool initialState);
        public extern bool Reset();
        public extern bool Set();
    }

    public static class Interlocked
    {
        public static extern int CompareExchange(ref int location1, int value, int comparand);
        public static extern int Decrement(ref int location);
        public static extern int Exchange(ref int location1, int value);
        public static extern int Increment(ref int location);
    }

    public sealed class ManualResetEvent : WaitHandle
    {
        public extern ManualResetEvent(bool initialState);
        public extern bool Reset();
        public extern bool Set();
    }

    public static class Monitor
    {
        public static extern void Enter(object obj);
        public static extern void Exit(object obj);
    }

    public sealed class Thread
    {
        public extern Thread(ThreadStart start);
        public extern ThreadPriority Priority { get; set; }
        public extern ThreadState ThreadState { get; }
        public extern bool IsAlive { get; }
        public extern int ManagedThreadId { get; }
        public static extern Thread CurrentThread { get; }
        public extern void Abort();
        public extern bool Join(TimeSpan timeout);
        public extern bool Join(int millisecondsTimeout);
        public extern void Join();
        public extern void Resume();
        public static extern void Sleep(int millisecondsTimeout);
        public static extern void Sleep(TimeSpan timeout);
        public static extern void SpinWait(int iterations);
        public extern void Start();
        public extern void Suspend();
    }

    public enum ThreadPriority
    {
        Lowest = 0,
        BelowNormal = 1,
        Normal = 2,
        AboveNormal = 3,
        Highest = 4,
    }

    public delegate void ThreadStart();

    [Flags]
    public enum ThreadState
    {
        Running = 0x0000,
        StopRequested = 0x0001,
        SuspendRequested = 0x0002,
        Background = 0x0004,
        Unstarted = 0x0008,
        Stopped = 0x0010,
        WaitSleepJoin = 0x0020,
        Suspended = 0x0040,
        AbortRequested = 0x0080,
        Aborted = 0x0100,
    }

    public static class Timeout
    {
        public const int Infinite = -1;
        public static readonly TimeSpan InfiniteTimeSpan;
    }

    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        public extern Timer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period);
        public extern Timer(TimerCallback callback, object state, int dueTime, int period);
        public extern bool Change(TimeSpan dueTime, TimeSpan period);
        public extern bool Change(int dueTime, int period);
        public extern void Dispose();
    }

    public delegate void TimerCallback(object state);

    public abstract class WaitHandle : MarshalByRefObject
    {
        public const int WaitTimeout = 258;
        protected extern WaitHandle();
        public static extern bool WaitAll(WaitHandle[] waitHandles);
        public static extern bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext);
        public static extern int WaitAny(WaitHandle[] waitHandles);
        public static extern int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext);
        public virtual extern bool WaitOne();
        public virtual extern bool WaitOne(int millisecondsTimeout, bool exitContext);
    }
}
