namespace System.Threading
{
    /// <summary>Keeps applications from using .NET's, which does not know the board's time.</summary>
    internal static class Timer
    {
    }
}
