namespace System.Threading
{
    /// <summary>Stands in for .NET's: waits in the time of the board.</summary>
    internal sealed class AutoResetEvent : WaitHandle
    {
        public AutoResetEvent(bool initialState)
            : base(initialState, true)
        {
        }
    }
}
