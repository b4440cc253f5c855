namespace System.Threading
{
    /// <summary>Stands in for .NET's: waits in the time of the board.</summary>
    internal sealed class ManualResetEvent : WaitHandle
    {
        public ManualResetEvent(bool initialState)
            : base(initialState, false)
        {
        }
    }
}
