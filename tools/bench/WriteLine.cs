namespace MeshNode.Bench
{
    /// <summary>Where the report goes, one line per call.</summary>
    public delegate void WriteLine(string line);
}
