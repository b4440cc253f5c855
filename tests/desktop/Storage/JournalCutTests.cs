using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Storage;

/// <summary>Cuts the power after every single octet of long lives of a journal.</summary>
[TestClass]
public class JournalCutTests
{
    private const int Capacity = 1536;
    private const int SmallCapacity = 768;

    [TestMethod]
    [DataRow(1, "Front", false, false)]
    [DataRow(2, "Back", false, false)]
    [DataRow(3, "Scattered", false, false)]
    [DataRow(4, "Bits", false, false)]
    [DataRow(5, "Front", true, false)]
    [DataRow(6, "Bits", true, false)]
    [DataRow(7, "Front", true, true)]
    public void Cut_LeavesTheStateBeforeOrAfter(int seed, string tear, bool files, bool losesUnflushed)
    {
        (long cuts, long compactions) = Run(seed, 120, 24, Capacity, Enum.Parse<TearMode>(tear), files, losesUnflushed, again: false);

        Console.WriteLine($"{tear}, {(files ? "files" : "flash")}: {cuts:N0} cuts, {compactions:N0} compactions");
        Assert.IsTrue(cuts > (files ? 5_000 : 20_000) && compactions > 10);
    }

    [TestMethod]
    [DataRow(11, "Front", false)]
    [DataRow(12, "Back", false)]
    [DataRow(13, "Scattered", false)]
    [DataRow(14, "Bits", true)]
    public void Cut_WhileRecoveringFromACutLosesNothingMore(int seed, string tear, bool files)
    {
        (long cuts, _) = Run(seed, 16, 8, SmallCapacity, Enum.Parse<TearMode>(tear), files, losesUnflushed: false, again: true);

        Console.WriteLine($"{tear}, {(files ? "files" : "flash")}: {cuts:N0} cuts");
        Assert.IsTrue(cuts > 5_000);
    }

    private static (long Cuts, long Compactions) Run(int seed, int steps, int entries, int capacity, TearMode tear, bool files, bool losesUnflushed, bool again)
    {
        JournalScenario scenario = new(seed, steps, entries);
        SimulatedFlash flash = new(capacity, files) { Tear = tear, LosesUnflushed = losesUnflushed };
        ModelState before = new(null!);
        long cuts = 0;

        for (int i = 0; i < scenario.Count; i++)
        {
            ModelState after = scenario.StateAfter(before, i);
            int version = scenario.VersionOf(i);

            for (int octets = 0; ; octets++)
            {
                SimulatedFlash copy = flash.Copy();
                ModelState state = ModelState.Opened(copy, version);
                Assert.AreEqual(before.Text, state.Text, $"Step {i}");
                copy.CutAfter = octets;

                try
                {
                    Assert.IsTrue(scenario.Run(state, i) == JournalVerdict.Written);
                }
                catch (PowerCutException)
                {
                    cuts++;
                    copy.Restart();
                    string where = $"seed {seed}, step {i}, octet {octets}";
                    cuts += again && octets % 17 == 0 ? CheckCutsOfRecovery(scenario, before, after, i, copy, where) : 0;
                    CheckRecovery(scenario, before, after, i, copy, where);

                    continue;
                }

                // No cut: what was written is there for good, and what was deleted is not.
                copy.Restart();
                Assert.AreEqual(after.Text, ModelState.Opened(copy, version).Text, $"Step {i}");
                flash = copy;

                break;
            }

            before = after;
        }

        return (cuts, ModelState.Opened(flash, scenario.VersionOf(scenario.Count - 1)).Journal.Generation);
    }

    // The recovery itself, opening and the first write, is cut after each of its octets.
    private static long CheckCutsOfRecovery(JournalScenario scenario, ModelState before, ModelState after, int step, SimulatedFlash flash, string where)
    {
        string expected = null;

        for (int octets = 0; ; octets++)
        {
            SimulatedFlash copy = flash.Copy();
            copy.CutAfter = octets;

            try
            {
                ModelState state = ModelState.Opened(copy, scenario.VersionOf(step));
                expected ??= state.Text;
                Assert.AreEqual(expected, state.Text, where);
                state.Journal.Commit();
            }
            catch (PowerCutException)
            {
                copy.Restart();
                CheckRecovery(scenario, before, after, step, copy, $"{where}, again at {octets}", expected);

                continue;
            }

            return octets;
        }
    }

    private static void CheckRecovery(
        JournalScenario scenario, ModelState before, ModelState after, int step, SimulatedFlash flash, string where, string expected = null)
    {
        int version = scenario.VersionOf(step);
        ModelState state = new(flash, version);
        JournalVerdict verdict = state.Journal.Open();

        if (before.Values.Count == 0 && after.Values.Count == 0)
        {
            Assert.AreEqual("", state.Text, where);
        }
        else if (verdict != JournalVerdict.Loaded)
        {
            Assert.IsTrue(step == 0 && verdict is JournalVerdict.Empty or JournalVerdict.Unusable, $"{where}: {verdict}");
        }

        if (expected is not null)
        {
            Assert.AreEqual(expected, state.Text, where);
        }

        if (scenario.IsAtomic(step))
        {
            Assert.IsTrue(state.Text == before.Text || state.Text == after.Text, $"{where}: {state.Text}\n{before.Text}\n{after.Text}");
        }
        else
        {
            CheckEntries(before, after, state, where);
        }

        // Whatever is deleted has gone from the medium once the state without it counts.
        string recovered = state.Text;

        if (scenario.Erases(step) && verdict == JournalVerdict.Loaded && recovered == after.Text)
        {
            foreach (string value in before.Values.Values.Except(after.Values.Values).Where(v => v.Length >= 8))
            {
                Assert.IsFalse(flash.Contains(Convert.FromHexString(value)), $"{where}: {value} is still there");
            }
        }

        // The journal can be written, and is intact after that.
        state.Set(0x7F0001, [1, 2, 3]);
        Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written, where);
        ModelState next = ModelState.Opened(flash, version);
        Assert.AreEqual(state.Text, next.Text, where);
        Assert.AreEqual(0, next.Journal.Damaged, where);
        Assert.IsFalse(next.Journal.HoldsEarlierState, where);
        Assert.AreEqual(state.Journal.Room, next.Journal.Room, where);
    }

    // A step of several records: a cut leaves each of its values as it was or as it is to be.
    private static void CheckEntries(ModelState before, ModelState after, ModelState state, string where)
    {
        foreach (int key in before.Values.Keys.Union(after.Values.Keys).Union(state.Values.Keys))
        {
            string value = state.Values.GetValueOrDefault(key);
            bool possible = value == before.Values.GetValueOrDefault(key) || value == after.Values.GetValueOrDefault(key);
            Assert.IsTrue(possible, $"{where}: {key:X6}={value}");
        }
    }
}
