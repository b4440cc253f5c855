#nullable enable
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using MeshNode.Bearers;
using MeshNode.Kit.Monitor;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Storage;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>Commands that are killed while they talk to a node: on the air no {IV Index, SRC, SEQ} stands for two PDUs.</summary>
[TestClass]
public class CommandKillTests
{
    private const int Rounds = 20;
    private const int LongestLife = 500;
    private const int Patience = 60000;

    [TestMethod]
    public void Kill_OfACommandNeverLeadsToAReusedSequenceNumber()
    {
        using ClientWorkplace place = new(false);
        place.Do(0, "init --name Home");
        string capture = place.Folder["air.pcapng"];
        using ToolProcess monitor = new(place.Arguments($"monitor --write {capture}"));
        place.Do(0, "provision " + ClientWorkplace.Uuid + " --name Lamp --static 0102030405060708090a0b0c0d0e0f10 --setup 0");
        Random random = new(Environment.TickCount);

        for (int round = 0; round < Rounds; round++)
        {
            // Two at a time, each with an address of its own. One round hits them while they talk, the next while they start.
            using CountdownEvent talking = new(2);
            ToolProcess[] processes = [Start(place, talking), Start(place, talking)];
            Assert.IsTrue(round % 2 != 0 || talking.Wait(Patience), "the node does not answer");
            Thread.Sleep(random.Next(LongestLife));

            foreach (ToolProcess process in processes)
            {
                process.Dispose();
            }
        }

        // What was killed is gone, and the network as it was.
        place.Do(0, "onoff Lamp get");
        monitor.Dispose();
        Check(place, capture);
    }

    [TestMethod]
    public void Kill_AfterAnAnswerDoesNotMakeItGoodOnceMore()
    {
        using ClientWorkplace place = new(false);
        using HubAir air = new(place.UdpPort);
        EndPoint? node = null;
        ConcurrentQueue<byte[]> recorded = [];
        place.Do(0, "init");
        air.Passes = (from, frame) =>
        {
            // Beacons tell who the device is.
            node = frame[0] == AdvertisingData.MeshBeacon ? from : node;

            return true;
        };
        place.Do(0, "provision " + ClientWorkplace.Uuid + " --name Lamp --static 0102030405060708090a0b0c0d0e0f10 --setup 0");
        Assert.IsNotNull(node);
        air.Passes = (from, frame) =>
        {
            if (!from.Equals(node) || frame[0] != AdvertisingData.MeshMessage)
            {
                return true;
            }

            // One answer, for the command to be killed while it waits for the next.
            if (recorded.IsEmpty)
            {
                recorded.Enqueue(frame);
            }

            return recorded.TryPeek(out byte[]? first) && first.SequenceEqual(frame);
        };

        using (ManualResetEventSlim answered = new())
        using (new ToolProcess(place.Arguments("onoff Lamp get --repeat 1000"), _ => answered.Set()))
        {
            Assert.IsTrue(answered.Wait(Patience), "the node does not answer");
        }

        // The node is silent, and whoever has recorded its answer sends it.
        int sent = 0;
        air.Passes = (from, frame) =>
        {
            if (!from.Equals(node) && frame[0] == AdvertisingData.MeshMessage)
            {
                foreach (byte[] recording in recorded)
                {
                    air.Send(from, recording);
                    sent++;
                }
            }

            return false;
        };
        place.Do(3, "onoff Lamp get --timeout 0.5 --tries 3");
        Assert.IsTrue(sent > 0);
    }

    private static void Check(ClientWorkplace place, string capture)
    {
        using NetworkStore store = NetworkStore.Open(place.Folder["mesh.db"], File.ReadAllText(place.Folder["passphrase"]), false, new SystemRandomSource());
        PduDecoder decoder = new(store.Network);
        Dictionary<(uint IvIndex, int Source, uint Sequence), string> used = [];
        using FileStream stream = File.OpenRead(capture);

        foreach (CapturedFrame frame in CaptureReader.Read(stream).Where(static frame => frame is { Kind: CapturedKind.Advert, Type: 0x2A }))
        {
            DecodedPdu? pdu = decoder.Decode(frame.Type, frame.Payload);

            if (pdu is { Source: { } source, IvIndex: { } ivIndex, Sequence: { } sequence })
            {
                // The node may relay it, with another TTL and therefore other octets.
                string said = $"{pdu.Destination:x4} {Convert.ToHexString(pdu.Transport!)}";
                Assert.IsTrue(used.TryAdd((ivIndex, source, sequence), said) || used[(ivIndex, source, sequence)] == said, $"{source:x4} {sequence:x6}");
            }
        }

        foreach (IGrouping<int, (uint IvIndex, int Source, uint Sequence)> source in used.Keys.GroupBy(static key => key.Source))
        {
            OutputHelper.WriteLine($"{source.Key:x4}: {source.Count()} PDUs");
        }

        // The node and the addresses of both commands were heard, and not only once.
        Assert.IsTrue(used.Keys.GroupBy(static key => key.Source).Count(static source => source.Count() >= Rounds / 2) >= 3);
    }

    private static ToolProcess Start(ClientWorkplace place, CountdownEvent talking)
    {
        bool talks = false;

        return new ToolProcess(place.Arguments("onoff Lamp toggle --repeat 1000"), line =>
        {
            if (!talks && line.Contains("present", StringComparison.Ordinal))
            {
                talks = true;
                talking.Signal();
            }
        });
    }
}
