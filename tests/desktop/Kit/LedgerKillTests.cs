#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using MeshNode.Kit.Ledger;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>Processes that take SEQ as fast as they can, two at a time, and are killed at any moment: no {IV Index, SRC, SEQ} comes twice.</summary>
[TestClass]
public class LedgerKillTests
{
    private const int Rounds = 55;
    private const int LongestLife = 60;
    private const int Patience = 60000;

    private static readonly Guid s_network = new("70cf7c97-32a3-45b6-9149-4810d2e9cbf4");

    [TestMethod]
    public void Kill_NeverLeadsToAReusedSequenceNumber()
    {
        using TemporaryFolder folder = new();

        using (SequenceLedger ledger = SequenceLedger.Open(folder["one/ledger.db"], folder["two/ledger.db"]))
        {
            ledger.Adopt(s_network, new AddressRange(0x100, 0x1FF));
        }

        Random random = new(Environment.TickCount);
        HashSet<string> used = [];
        int kills = 0;

        for (int round = 0; round < Rounds; round++)
        {
            Child[] children = [new(folder), new(folder)];

            foreach (Child child in children)
            {
                child.WaitForFirst();
                Thread.Sleep(random.Next(LongestLife));
                child.Kill();
                kills++;
            }

            foreach (string line in children.SelectMany(static child => child.Lines))
            {
                Assert.IsTrue(used.Add(line), $"{line} twice, after {kills} kills");
            }
        }

        Assert.IsTrue(kills >= 100);
        Assert.IsTrue(used.Count > kills);

        // Both sources were used again and again, and the ledger is as whole as it was.
        using SequenceLedger end = SequenceLedger.Open(folder["one/ledger.db"], folder["two/ledger.db"]);
        Assert.AreEqual(LedgerFinding.Whole, end.Finding);
        Assert.AreEqual(2, used.Select(static line => line.Split(' ')[1]).Distinct().Count());
    }

    private sealed class Child
    {
        private readonly Process _process;
        private readonly Thread _reader;
        private readonly ManualResetEventSlim _first = new();

        public Child(TemporaryFolder folder)
        {
            ProcessStartInfo info = new("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };

            foreach (string argument in new[]
            {
                "exec", Path.Combine(AppContext.BaseDirectory, "meshnode.dll"), "ledger-test", s_network.ToString(), "--ledger", folder["one"], "--witness", folder["two"],
            })
            {
                info.ArgumentList.Add(argument);
            }

            _process = Process.Start(info)!;
            _reader = new Thread(Read);
            _reader.Start();
        }

        public List<string> Lines { get; } = [];

        public void WaitForFirst()
        {
            Assert.IsTrue(_first.Wait(Patience), "the process takes nothing");
        }

        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
            _reader.Join();
            _process.Dispose();
        }

        // The last line may be cut off: what it stands for was not seen by anybody.
        private void Read()
        {
            string text = "";
            char[] buffer = new char[4096];

            for (int count; (count = _process.StandardOutput.Read(buffer, 0, buffer.Length)) > 0;)
            {
                string[] lines = (text + new string(buffer, 0, count)).Split('\n');
                Lines.AddRange(lines[..^1]);
                text = lines[^1];
                _first.Set();
            }
        }
    }
}
