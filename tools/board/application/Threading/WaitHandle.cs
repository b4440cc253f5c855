using MeshNode.Board;

namespace System.Threading
{
    /// <summary>Stands in for .NET's: waits in the time of the board.</summary>
    internal abstract class WaitHandle
    {
        public const int WaitTimeout = 258;

        private readonly ChipEvent _event;

        protected WaitHandle(bool initialState, bool resetsItself)
        {
            _event = new ChipEvent(initialState, resetsItself);
        }

        public virtual bool WaitOne()
        {
            return _event.Wait(Timeout.Infinite);
        }

        public virtual bool WaitOne(int millisecondsTimeout, bool exitContext)
        {
            return _event.Wait(millisecondsTimeout);
        }

        public bool Set()
        {
            _event.Set();

            return true;
        }

        public bool Reset()
        {
            _event.Reset();

            return true;
        }
    }
}
