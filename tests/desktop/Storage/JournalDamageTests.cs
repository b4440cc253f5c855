using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Storage;

/// <summary>Damaged content, and media that fail.</summary>
[TestClass]
public class JournalDamageTests
{
    private const int Capacity = 1024;
    private const int HeadersSize = 32;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void BitFlip_LosesTheRecordThatItHitsAndNothingElse(bool files)
    {
        SimulatedFlash flash = Filled(files, out int area, out string[] log, out int groups);
        int lost = 0;
        byte[] content = flash.ContentOf(area).ToArray();
        int bits = content.Length * 8;

        for (int bit = 0; bit < bits; bit++)
        {
            SimulatedFlash copy = flash.Copy();
            copy.Flip(area, bit);
            ModelState state = new(copy);

            Assert.IsTrue(state.Journal.Open() == JournalVerdict.Loaded, $"Bit {bit}");

            int missing = log.Length - state.Log.Count;

            // Only what fills a record up is not protected.
            Assert.IsTrue(state.Journal.Damaged > 0 || (missing == 0 && content[bit / 8] == 0xFF), $"Bit {bit}");

            if (missing != 0)
            {
                lost++;
                Assert.IsTrue(missing == 1 || missing == groups, $"Bit {bit}: {missing} entries");
                int first = 0;

                while (first < state.Log.Count && state.Log[first] == log[first])
                {
                    first++;
                }

                Assert.IsTrue(state.Log.SequenceEqual(log.Take(first).Concat(log.Skip(first + missing))), $"Bit {bit}");
            }
            else
            {
                Assert.IsTrue(state.Log.SequenceEqual(log), $"Bit {bit}");
            }

            // It goes on, and heals.
            Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
            ModelState next = ModelState.Opened(copy);
            Assert.AreEqual(state.Text, next.Text);
            Assert.AreEqual(0, next.Journal.Damaged);
        }

        Console.WriteLine($"{bits} bits, {lost} of which lost a record");
        Assert.IsTrue(lost > bits / 4);
    }

    [TestMethod]
    public void BitFlip_InTheErasedAreaIsErased()
    {
        SimulatedFlash flash = Filled(false, out int area, out string[] log, out _);

        for (int bit = 0; bit < Capacity * 8; bit += 5)
        {
            SimulatedFlash copy = flash.Copy();
            copy.Flip(1 - area, bit);
            ModelState state = ModelState.Opened(copy);

            Assert.IsTrue(state.Log.SequenceEqual(log));
            Assert.IsFalse(copy.ContentOf(1 - area).ContainsAnyExcept((byte)0xFF));
        }
    }

    [TestMethod]
    public void BitFlips_OfAHeaderOfARecordAreAllSeen()
    {
        // Length and its check are a word of their own: one and two flips of it.
        SimulatedFlash flash = Filled(false, out int area, out string[] log, out _);

        for (int i = 0; i < 32; i++)
        {
            for (int j = i; j < 32; j++)
            {
                SimulatedFlash copy = flash.Copy();
                copy.Flip(area, (HeadersSize * 8) + i);

                if (j != i)
                {
                    copy.Flip(area, (HeadersSize * 8) + j);
                }

                ModelState state = ModelState.Opened(copy);
                Assert.IsTrue(state.Log.SequenceEqual(log.Skip(1)), $"{i}, {j}");
            }
        }
    }

    [TestMethod]
    public void Damage_OfAnyKindEndsInASubsetOfTheEntries()
    {
        SoakRandom random = new(5);
        SimulatedFlash flash = Filled(false, out int area, out string[] log, out _);
        int loaded = 0;

        for (int i = 0; i < 20_000; i++)
        {
            SimulatedFlash copy = flash.Copy();
            byte[] content = copy.ContentOf(area).ToArray();
            int start = random.Next(Capacity);
            int count = Math.Min(Capacity - start, 1 + random.Next(1 << random.Next(10)));

            int kind = random.Next(5);

            switch (kind)
            {
                case 0:
                    random.Fill(content, start, count);
                    break;
                case 1:
                    content.AsSpan(start, count).Fill(0);
                    break;
                case 2:
                    content.AsSpan(start, count).Fill(0xFF);
                    break;
                case 3:
                    // Records in a place that is not theirs.
                    content.AsSpan(random.Next(Capacity - count + 1), count).ToArray().CopyTo(content, start);
                    break;
                default:
                    for (int j = 0; j < count; j++)
                    {
                        content[random.Next(Capacity)] ^= (byte)(1 << random.Next(8));
                    }

                    break;
            }

            copy.Fill(area, content);
            ModelState state = new(copy);
            JournalVerdict verdict = state.Journal.Open();

            Assert.IsTrue(verdict is JournalVerdict.Loaded or JournalVerdict.Unusable or JournalVerdict.Empty);
            Assert.IsTrue(IsSubsequence(state.Log, log));
            Assert.IsTrue(verdict == JournalVerdict.Loaded || state.Log.Count == 0);

            // An end that is erased, or made of records that were there before, looks as if there had never been more.
            Assert.IsTrue(state.Log.Count == log.Length || state.Journal.Damaged > 0 || verdict != JournalVerdict.Loaded || kind is 2 or 3);
            loaded += verdict == JournalVerdict.Loaded ? 1 : 0;
            Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(state.Text, ModelState.Opened(copy).Text);
        }

        Assert.IsTrue(loaded > 5_000 && loaded < 20_000);
    }

    /// <summary>Each record is made here by hand, from the description of the format.</summary>
    [TestMethod]
    [DataRow(0, 0, true)]
    [DataRow(1, 0, false)]
    [DataRow(-1, 0, false)]
    [DataRow(0, 4, false)]
    public void Record_OfAnotherGenerationOrPlaceIsNotTaken(int generation, int place, bool taken)
    {
        SimulatedFlash flash = Filled(false, out int area, out string[] log, out _);
        ModelState before = ModelState.Opened(flash);
        int end = Capacity - before.Journal.Room;
        byte[] content = flash.ContentOf(area).ToArray();
        Record(before.Journal.Generation + (uint)generation, end + place, [9, 0, 1, 2, 0xAB, 0xCD]).CopyTo(content, end);
        flash.Fill(area, content);

        ModelState state = ModelState.Opened(flash);

        Assert.IsTrue(state.Log.SequenceEqual(taken ? [.. log, "9/1=ABCD"] : log));
        Assert.AreEqual(taken ? 0 : 1, state.Journal.Damaged);
    }

    [TestMethod]
    public void Record_InsideADamagedOneIsNotTaken()
    {
        SimulatedFlash flash = Filled(false, out int area, out string[] log, out _);
        ModelState state = ModelState.Opened(flash);
        int end = Capacity - state.Journal.Room;

        // Twelve octets of header before it: it lies where it says.
        state.Set(5, Record(state.Journal.Generation, end + 12, [9, 0, 1, 2, 0xAB, 0xCD]));
        state.Set(6, [6]);
        state.Journal.Commit();
        flash.Flip(area, (end + 9) * 8);

        ModelState opened = ModelState.Opened(flash);

        Assert.IsTrue(opened.Log.SequenceEqual([.. log, "0/6=06"]));
        Assert.AreEqual(1, opened.Journal.Damaged);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Garbage_IsUnusableAndReadABoundedNumberOfTimes(bool files)
    {
        SoakRandom random = new(6);

        for (int i = 0; i < 3_000; i++)
        {
            SimulatedFlash flash = new(Capacity, files);

            for (int area = 0; area < 2; area++)
            {
                byte[] content = new byte[random.Next(4) == 0 ? Capacity : random.Next(Capacity)];

                if (random.Next(8) != 0)
                {
                    random.Fill(content, 0, content.Length);
                }

                flash.Fill(area, content);
            }

            ModelState state = new(flash);
            JournalVerdict verdict = state.Journal.Open();

            Assert.IsTrue(verdict == JournalVerdict.Unusable || (files && flash.Length(0) + flash.Length(1) == 0));
            Assert.AreEqual(0, state.Log.Count);
            Assert.IsTrue(flash.OctetsRead <= 4 * Capacity);
            state.Set(1, [1, 2, 3]);
            Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(state.Text, ModelState.Opened(flash).Text);
        }
    }

    [TestMethod]
    public void Open_ReadsEachOctetThreeTimesAtMost()
    {
        SoakRandom random = new(7);
        double most = 0;

        for (int seed = 0; seed < 200; seed++)
        {
            SimulatedFlash flash = new(8192);
            ModelState state = ModelState.Opened(flash);
            state.Journal.Compact();

            while (state.Journal.Room > 200)
            {
                state.Set(random.Next(100), new byte[1 + random.Next(seed % 8 == 0 ? Journal.MaxEntry : 30)]);
                state.Journal.Commit();
            }

            SimulatedFlash copy = flash.Copy();
            ModelState.Opened(copy);
            most = Math.Max(most, (double)copy.OctetsRead / (2 * copy.Capacity));
        }

        Console.WriteLine($"Octets read: at most {most:F2} times the medium");
        Assert.IsTrue(most < 3);
    }

    [TestMethod]
    public void Reopening_TenThousandTimesLosesNothing()
    {
        SoakRandom random = new(8);
        SimulatedFlash flash = new(Capacity) { Tear = TearMode.Scattered };
        ModelState state = ModelState.Opened(flash);
        state.Set(1, [1, 2, 3, 4]);
        state.Set(0x10000, new byte[4]);
        Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
        int cuts = 0;
        uint written = 0;

        for (int i = 0; i < 10_000; i++)
        {
            flash.CutAfter = random.Next(2) == 0 ? random.Next(60) : null;
            uint value = written;

            try
            {
                state = ModelState.Opened(flash);
                value = BigEndian.ReadUInt32(Convert.FromHexString(state.Values[0x10000]), 0);
                Assert.AreEqual("01020304", state.Values[1]);
                Assert.IsTrue(value == written || value == written + 1, $"{value} after {written}");
                written = value;
                byte[] counter = new byte[4];
                BigEndian.WriteUInt32(counter, 0, value + 1);
                state.Set(0x10000, counter);
                Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
                written = value + 1;
            }
            catch (PowerCutException)
            {
                cuts++;
            }

            flash.Restart();
        }

        Console.WriteLine($"{cuts} cuts, {flash.Erases} erasures");
        Assert.IsTrue(cuts > 500 && written > 6_000);
    }

    /// <summary>
    /// Whatever fails, and whenever the power is cut: what was reported as written is there, and nothing is there that was never to be written.
    /// </summary>
    [TestMethod]
    [DataRow(1, false)]
    [DataRow(2, true)]
    public void FailingMedium_KeepsWhatWasReportedAsWritten(int seed, bool files)
    {
        SoakRandom random = new(seed);
        TearMode[] tears = Enum.GetValues<TearMode>();
        int failures = 0;
        int cuts = 0;
        int erasures = 0;

        for (int run = 0; run < 1_500; run++)
        {
            int rate = 2 + random.Next(20);
            bool fails = false;
            SimulatedFlash flash = new(512, files) { Tear = tears[random.Next(tears.Length)], LosesUnflushed = random.Next(2) == 0 };
            flash.Failure = _ => fails && random.Next(rate) == 0;
            ModelState state = ModelState.Opened(flash);
            Dictionary<int, HashSet<string>> possible = [];

            for (int i = 0; i < 40; i++)
            {
                fails = random.Next(3) != 0;
                flash.CutAfter = random.Next(8) == 0 ? random.Next(150) : null;

                try
                {
                    int changes = 1 + random.Next(3);

                    for (int j = 0; j < changes; j++)
                    {
                        int key = random.Next(6);
                        byte[] value = new byte[1 + random.Next(20)];
                        random.Fill(value, 0, value.Length);
                        Possible(possible, key).Add(Convert.ToHexString(value));
                        state.Set(key, value);
                    }

                    JournalVerdict verdict = random.Next(5) == 0 ? state.Journal.Compact() : state.Journal.Commit();

                    if (verdict == JournalVerdict.Written)
                    {
                        foreach ((int key, HashSet<string> values) in possible)
                        {
                            values.RemoveWhere(v => v != (state.Values.GetValueOrDefault(key) ?? ""));
                        }
                    }
                    else
                    {
                        Assert.IsTrue(verdict == JournalVerdict.WriteFailed);
                        failures++;
                    }

                    erasures += state.Journal.HoldsEarlierState ? 1 : 0;

                    if (random.Next(6) != 0)
                    {
                        continue;
                    }

                    flash.Cut();
                }
                catch (PowerCutException)
                {
                    cuts++;
                }

                flash.Restart();
                fails = false;
                state = new ModelState(flash);
                JournalVerdict opened = state.Journal.Open();
                bool nothing = possible.Values.All(v => v.Contains(""));
                Assert.IsTrue(opened == JournalVerdict.Loaded || (nothing && opened is JournalVerdict.Empty or JournalVerdict.Unusable), $"Run {run}, step {i}: {opened}");

                foreach ((int key, HashSet<string> values) in possible)
                {
                    string value = state.Values.GetValueOrDefault(key) ?? "";
                    Assert.IsTrue(values.Contains(value), $"Run {run}, step {i}: {key}={value}");
                    values.RemoveWhere(v => v != value);
                }

                // What was found is written again before it is relied on, as a node does with its boot counter.
                state.Set(100, [(byte)i, (byte)(i >> 8)]);
                Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
            }
        }

        Console.WriteLine($"{failures} failures, {cuts} cuts, {erasures} times an earlier state was left");
        Assert.IsTrue(failures > 500 && cuts > 1_000 && erasures > 100);
    }

    /// <summary>A medium that is worn writes something else than it was told, and does not notice.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Compact_ErasesTheOldStateOnlyWhenTheNewOneCanBeRead(bool files)
    {
        SoakRandom random = new(9);
        int written = 0;
        int failed = 0;

        for (int i = 0; i < 3_000; i++)
        {
            SimulatedFlash flash = Filled(files, out _, out _, out _).Copy();
            ModelState state = ModelState.Opened(flash);
            string before = state.Text;
            int rate = 1 + random.Next(30);
            flash.Corruption = () => random.Next(rate) == 0;
            state.Change(3, [1, 2, 3]);
            state.Values.Remove(4);
            JournalVerdict verdict = state.Journal.Compact();
            flash.Corruption = null;
            ModelState opened = new(flash);
            Assert.IsTrue(opened.Journal.Open() == JournalVerdict.Loaded && opened.Journal.Damaged == 0);

            if (verdict == JournalVerdict.Written)
            {
                written++;
                Assert.AreEqual(state.Text, opened.Text);
            }
            else
            {
                failed++;
                Assert.AreEqual(before, opened.Text);
            }
        }

        Console.WriteLine($"{written} written, {failed} not");
        Assert.IsTrue(written > 500 && failed > 200);
    }

    private static bool IsSubsequence(List<string> part, string[] whole)
    {
        int found = 0;

        foreach (string entry in whole)
        {
            found += found < part.Count && part[found] == entry ? 1 : 0;
        }

        return found == part.Count;
    }

    private static byte[] Record(uint generation, int position, byte[] entries)
    {
        byte[] record = new byte[(8 + entries.Length + 3) / 4 * 4];
        Array.Fill(record, (byte)0xFF);
        BigEndian.WriteUInt16(record, 0, entries.Length);
        entries.CopyTo(record, 8);
        uint crc = Crc(~((generation << 16) ^ (uint)position), record.AsSpan(0, 2));
        BigEndian.WriteUInt16(record, 2, (ushort)crc);
        BigEndian.WriteUInt32(record, 4, ~Crc(crc, entries));

        return record;
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
        {
            crc ^= octet;

            for (int i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return crc;
    }

    private static HashSet<string> Possible(Dictionary<int, HashSet<string>> possible, int key)
    {
        if (!possible.TryGetValue(key, out HashSet<string> values))
        {
            values = [""];
            possible[key] = values;
        }

        return values;
    }

    /// <summary>A journal with a state, single entries and one group after it.</summary>
    private static SimulatedFlash Filled(bool files, out int area, out string[] log, out int groupCount)
    {
        SoakRandom random = new(3);
        SimulatedFlash flash = new(Capacity, files);
        ModelState state = ModelState.Opened(flash);
        groupCount = 3;

        for (int i = 0; i < 20; i++)
        {
            byte[] value = new byte[1 + random.Next(20)];
            random.Fill(value, 0, value.Length);
            state.Change(i, value);
        }

        Assert.IsTrue(state.Journal.Compact() == JournalVerdict.Written);

        for (int i = 0; i < 14; i++)
        {
            byte[] value = new byte[1 + random.Next(20)];
            random.Fill(value, 0, value.Length);

            if (i == 5)
            {
                state.Journal.BeginGroup();
            }

            state.Set(i, value);

            if (i == 4 + groupCount)
            {
                state.Journal.EndGroup();
            }

            if (i is < 5 or > 8)
            {
                Assert.IsTrue(state.Journal.Commit() == JournalVerdict.Written);
            }
        }

        ModelState opened = new(flash);
        Assert.IsTrue(opened.Journal.Open() == JournalVerdict.Loaded && opened.Journal.Damaged == 0 && opened.Log.Count == 34);
        log = [.. opened.Log];
        area = flash.ContentOf(0).ContainsAnyExcept((byte)0xFF) ? 0 : 1;

        return flash;
    }
}
