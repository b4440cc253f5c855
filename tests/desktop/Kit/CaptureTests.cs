#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using MeshNode.Kit.Monitor;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>Captures: there and back, and through tshark where it is installed.</summary>
[TestClass]
public class CaptureTests
{
    private static readonly CapturedFrame[] s_frames =
    [
        new(1_700_000_000_123_456, CapturedKind.Advert, 0x2A, [.. Enumerable.Range(0, 29).Select(static i => (byte)(i * 7))], 0),
        new(1_700_000_000_223_456, CapturedKind.Advert, 0x2B, Hex.Decode("0070cf7c9732a345b691494810d2e9cbf44020"), 3),
        new(1_700_000_001_000_000, CapturedKind.Advert, 0x29, Hex.Decode("01020304000370cf7c9732a345b691494810d2e9cbf4"), 0),
        new(1_700_000_002_000_000, CapturedKind.Connectable, 0, Hex.Decode("020106030328180c16281800aabbccddeeff0011"), 1),
        new(1_700_000_003_000_000, CapturedKind.Written, 0, [.. Enumerable.Range(0, 514).Select(static i => (byte)i)], 0),
        new(1_700_000_003_500_000, CapturedKind.Notified, 0, [0x01, 2, 3], 1),
    ];

    [TestMethod]
    public void Capture_GivesBackWhatWasWritten()
    {
        List<CapturedFrame> read = [.. CaptureReader.Read(new MemoryStream(Write()))];
        Assert.AreEqual(s_frames.Length, read.Count);

        for (int i = 0; i < read.Count; i++)
        {
            Assert.AreEqual(s_frames[i].Time, read[i].Time);
            Assert.AreEqual(s_frames[i].Kind, read[i].Kind);
            Assert.AreEqual(s_frames[i].Type, read[i].Type);
            Assert.AreEqual(s_frames[i].Connection, read[i].Connection);
            Assert.IsTrue(s_frames[i].Payload.SequenceEqual(read[i].Payload), $"frame {i}");
        }
    }

    [TestMethod]
    public void Reader_ReadsAsFarAsTheFileGoes()
    {
        byte[] whole = Write();

        for (int length = 28; length < whole.Length; length += 13)
        {
            Assert.IsTrue(CaptureReader.Read(new MemoryStream(whole[..length])).Count() < s_frames.Length);
        }

        Assert.ThrowsException(typeof(InvalidDataException), static () => CaptureReader.Read(new MemoryStream(new byte[100])).ToArray());
    }

    [TestMethod]
    public void Reader_SurvivesWhatIsNoCapture()
    {
        Random random = new(1);
        byte[] whole = Write();

        for (int i = 0; i < 2000; i++)
        {
            byte[] broken = [.. whole];

            for (int j = 0; j < 8; j++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = CaptureReader.Read(new MemoryStream(broken)).Count();
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [TestMethod]
    public void Reader_SurvivesAnInterfaceWithoutOptions()
    {
        byte[] whole = Write();

        // Behind the section header of 28 octets: a description that ends before its options could begin.
        byte[] broken = [.. whole[..28], 1, 0, 0, 0, 16, 0, 0, 0, 0, 1, 0, 0, 16, 0, 0, 0];
        Assert.AreEqual(0, CaptureReader.Read(new MemoryStream(broken)).Count());
    }

    [TestMethod]
    public void Capture_OpensInTsharkWithTheRightLinkTypeAndCrc()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["capture.pcapng"], Write());
        string? packets = Run("tshark", "-r", folder["capture.pcapng"], "-T", "fields", "-e", "frame.protocols");

        if (packets == null)
        {
            Assert.SkipTest("tshark is not installed");
        }

        string[] lines = packets!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("btmesh", lines[0]);
        Assert.Contains("beacon", lines[1]);
        Assert.Contains("pbadv", lines[2]);
        Assert.Contains("btatt", string.Join('\n', lines));
        Assert.Contains("Low Energy", Run("capinfos", "-E", folder["capture.pcapng"])!);

        // Without the pseudo-header, which says that the CRC was checked, tshark checks it by itself.
        Run("editcap", "-C", "10", "-T", "bluetooth-le-ll", folder["capture.pcapng"], folder["bare.pcapng"]);
        string[] bad = Run("tshark", "-r", folder["bare.pcapng"], "-Y", "btle.crc.incorrect && btle.access_address == 0x8e89bed6")!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual(0, bad.Length);
    }

    private static byte[] Write()
    {
        MemoryStream stream = new();
        CaptureWriter writer = new(stream);
        Array.ForEach(s_frames, writer.Write);

        return stream.ToArray();
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            ProcessStartInfo info = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(info)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
