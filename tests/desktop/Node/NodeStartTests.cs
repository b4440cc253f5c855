using System;
using System.Linq;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The application starts, says what it is, and waits.</summary>
[TestClass]
public class NodeStartTests
{
    [TestMethod]
    public void FirstStart_LogsABanner()
    {
        NodeBench bench = new();
        NodeBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(200000);
        string log = string.Join("\n", board.Board.Log.Select(l => l.Text));
        OutputHelper.WriteLine(log);
        Console.WriteLine(log);
        board.Board.Verify();
    }
}
