namespace MeshNode
{
    /// <summary>Entry point.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            new NodeApplication(ThisBoard.Pins(), ThisBoard.Settings()).Run();
        }
    }
}
