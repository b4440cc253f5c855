using System;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using MeshNode.Board.Memory;
using MeshNode.Network;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The bearers of the application on the stock stack: states, clients, and what comes in from the air.</summary>
[TestClass]
public class NodeBearerTests
{
    private const int SupervisionTimeout = 0x08;
    private const int FailedToBeEstablished = 0x3E;

    [TestMethod]
    public void Neighbour_IsReachedThroughTheProxyAndSwitchedOverTheMesh()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        ApplicationBoard other = bench.AddNeighbour(board);
        int address = other.Node.Stack.Network.PrimaryAddress;

        foreach (bool isOn in new[] { true, false, true })
        {
            Assert.IsTrue(bench.SetLamp(address, isOn));
            Assert.AreEqual(isOn, other.IsLampOn);
        }

        Assert.IsFalse(board.IsLampOn);
        board.Board.Verify();
        other.Board.Verify();
    }

    [TestMethod]
    public void Relay_ReachesABoardThatTheProxyDoesNotHear()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        ApplicationBoard relay = bench.AddNeighbour(board);
        ApplicationBoard far = bench.AddNeighbour(relay);

        Assert.IsTrue(bench.SetLamp(far.Node.Stack.Network.PrimaryAddress, true));
        Assert.IsTrue(far.IsLampOn && !relay.IsLampOn && !board.IsLampOn);
        Array.ForEach(new[] { board, relay, far }, b => b.Board.Verify());
    }

    [TestMethod]
    [DataRow(0x13)]
    [DataRow(SupervisionTimeout)]
    public void ClientThatGoes_CanComeBack(int reason)
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        ApplicationBoard other = bench.AddNeighbour(board);

        // Also after PDUs were sent while it was connected.
        foreach (ApplicationBoard target in new[] { board, other, board })
        {
            Assert.IsTrue(bench.SetLamp(target.Node.Stack.Network.PrimaryAddress, true));
            board.Board.Bluetooth.Links.Single().Disconnect(reason);
            bench.Pass(100);
            bench.OpenProxy(board);
        }

        board.Board.Verify();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void LinkLostAtOnceOnAnS3_IsNoticedAndItIsConnectableAgain(bool wasSubscribed)
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(BoardProfile.Esp32S3);
        bench.Phone.Disconnect();
        bench.Until(() => bench.Phone.SeesProxy(board.Radio.Antenna), 120000, "proxy is not seen");
        BoardLink link = board.Board.Bluetooth.Connect(new Boards.TestCentral());
        Assert.IsNotNull(link);

        if (wasSubscribed)
        {
            link.Subscribe(Boards.BoardBench.DataOut, true);
            bench.Pass(200);
        }

        link.Disconnect(FailedToBeEstablished);
        bench.Pass(100);
        Assert.IsFalse(board.HasLogged("client lost"));
        bench.Pass(wasSubscribed ? 4000 : 21000);
        Assert.IsTrue(board.HasLogged("client lost without a word"));
        bench.OpenProxy(board);
        Assert.IsTrue(bench.SetLamp(board.Node.Stack.Network.PrimaryAddress, true));
        board.Board.Verify();
    }

    /// <summary>Each loses native memory.</summary>
    [TestMethod]
    public void Beacon_IsSentOnceAMinuteWhileAClientIsConnected()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        bench.Pass(60000);
        int lost = board.Board.Memory.LostBlocks;
        int sent = 0;
        bench.Mesh.Traced += e => sent += e is FrameSent { Type: AdvertisingData.MeshBeacon, Transmission: 1 } ? 1 : 0;
        bench.Pass(600000);

        Assert.AreEqual(1, board.Board.Bluetooth.Links.Count);
        Assert.IsTrue(sent is >= 6 and <= 11, sent.ToString());
        Assert.IsTrue(board.Board.Memory.LostBlocks - lost <= 11, (board.Board.Memory.LostBlocks - lost).ToString());
        board.Board.Verify();
    }

    [TestMethod]
    public void Windows_MakeItConnectableFromTimeToTime()
    {
        NodeSettings settings = new();
        settings.Bearer.BootWindow = 0;
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(null, settings);
        bench.Phone.Disconnect();
        bench.Pass(120000);
        int connectable = 0;

        for (int i = 0; i < 600; i++)
        {
            bench.Pass(1000);
            connectable += board.Board.Bluetooth.HasTables ? 1 : 0;
        }

        Assert.IsTrue(connectable is >= 40 and <= 60, connectable.ToString());
        board.Board.Verify();
    }

    [TestMethod]
    public void BaseOfProxy_IsConnectableAndStillAnswersOverTheMesh()
    {
        NodeSettings settings = new();
        settings.Bearer.Base = BearerBase.Proxy;
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        ApplicationBoard other = bench.AddNeighbour(board, null, settings);
        bench.Pass(200000);
        Assert.IsTrue(other.Board.Bluetooth.HasTables);
        Assert.IsTrue(bench.SetLamp(other.Node.Stack.Network.PrimaryAddress, true));
        bench.Pass(2000);
        Assert.IsTrue(other.Board.Bluetooth.HasTables);
        other.Board.Verify();
    }

    [TestMethod]
    public void Solicitation_OpensAWindowOnceInItsPeriod()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNodeWithoutWindows();
        byte[] solicitation = [0x03, 0x03, 0x59, 0x18, 0x06, 0x16, 0x59, 0x18, 1, 2, 3];

        for (int i = 0; i < 10; i++)
        {
            board.Board.Bluetooth.Hear(new AdvertisingPdu((ulong)i, true, AdvertisingType.NonConnectable, solicitation));
            bench.Pass(4000);
            Assert.AreEqual(i < 2, board.Board.Bluetooth.HasTables, i.ToString());
        }

        Assert.AreEqual(1, board.Board.Log.Count(l => l.Text.EndsWith("solicited")));
        board.Board.Verify();
    }

    /// <summary>They are reported for each PDU anyway, and each restart of the scan makes deaf for some milliseconds.</summary>
    [TestMethod]
    public void SendersWithFreshAddresses_CauseFewRestartsOfTheScan()
    {
        const int Pdus = 400;
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNodeWithoutWindows();
        byte[] pdu = ForeignPdu(board);
        long[] scans = new long[2];
        uint[] heard = new uint[2];

        for (int keeps = 0; keeps < 2; keeps++)
        {
            long scansBefore = board.Board.Bluetooth.Counters.ScanStarts;
            uint before = board.Node.Stack.Network.Count(NetworkVerdict.UnknownNid);

            for (int i = 0; i < Pdus; i++)
            {
                pdu[^1]++;
                pdu[^2] += (byte)(i % 16);
                ulong address = keeps == 1 ? 0xC0_00_00_00_00_01 : (ulong)(i + 1);
                board.Board.Bluetooth.Hear(new AdvertisingPdu(address, true, AdvertisingType.NonConnectable, pdu.ToArray()));
                bench.Pass(103);
            }

            scans[keeps] = board.Board.Bluetooth.Counters.ScanStarts - scansBefore;
            heard[keeps] = board.Node.Stack.Network.Count(NetworkVerdict.UnknownNid) - before;
        }

        OutputHelper.WriteLine($"fresh addresses: {heard[0]} of {Pdus} heard, {scans[0]} scans; one address: {heard[1]}, {scans[1]}");
        Assert.IsTrue(scans[0] <= 50 && heard[0] >= Pdus * 98 / 100, $"{scans[0]} {heard[0]}");
        Assert.IsTrue(scans[1] >= 700 && heard[1] >= Pdus * 85 / 100, $"{scans[1]} {heard[1]}");
        board.Board.Verify();
    }

    /// <summary>The first PDU of such a sender makes the next ones audible: three copies each, as senders do.</summary>
    [TestMethod]
    public void SenderThatKeepsItsAddress_IsHeardAmongOthersThatDoNot()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNodeWithoutWindows();
        byte[] pdu = ForeignPdu(board);
        int heard = 0;

        for (int round = 0; round < 50; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                board.Board.Bluetooth.Hear(new AdvertisingPdu((ulong)((round * 20) + i + 1), true, AdvertisingType.NonConnectable, pdu.ToArray()));
                bench.Pass(4000 + (17 * round));
            }

            uint before = board.Node.Stack.Network.Count(NetworkVerdict.UnknownNid);

            for (int i = 0; i < 3; i++)
            {
                pdu[^1]++;

                for (int copy = 0; copy < 3; copy++)
                {
                    board.Board.Bluetooth.Hear(new AdvertisingPdu(1, false, AdvertisingType.NonConnectable, pdu.ToArray()));
                    bench.Pass(25);
                }
            }

            heard += board.Node.Stack.Network.Count(NetworkVerdict.UnknownNid) - before >= 3 ? 1 : 0;
        }

        Assert.AreEqual(50, heard);
        board.Board.Verify();
    }

    [TestMethod]
    public void StormOfMalformedAndForeignAdverts_HarmsNothing()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        bench.Phone.Disconnect();
        VirtualAntenna antenna = bench.Mesh.Radio.Attach("X", new SilentListener());
        bench.Mesh.Radio.Connect(board.Radio.Antenna, antenna);
        Random random = bench.Mesh.CreateRandom();

        for (int i = 0; i < 10000; i++)
        {
            byte[] data = new byte[random.Next(32)];
            random.NextBytes(data);

            if (data.Length > 2 && i % 2 == 0)
            {
                data[0] = (byte)(data.Length - 1 + random.Next(3) - 1);
                data[1] = (byte)(0x29 + random.Next(3));
            }

            bench.Mesh.Radio.Broadcast(antenna, new AdvertisingPdu((ulong)random.Next(1000), true, (AdvertisingType)random.Next(5), i % 7 == 0 ? [0x05, 0x2A, 1, 2, 3] : data));
            bench.Pass(random.Next(4));
        }

        bench.Pass(1000);
        Assert.AreEqual(0L, board.Board.Bluetooth.Counters.HandshakeTimeouts);
        Assert.AreEqual(board.Board.Bluetooth.Counters.Reports, board.Board.Allocations.RawReports);
        Assert.IsTrue(board.Board.Bluetooth.Counters.Reports > 3000, board.Board.Bluetooth.Counters.Reports.ToString());
        bench.OpenProxy(board);
        Assert.IsTrue(bench.SetLamp(board.Node.Stack.Network.PrimaryAddress, true));
        board.Board.Verify();
    }

    [TestMethod]
    public void Silence_RestartsTheStack()
    {
        NodeSettings settings = new();
        settings.Bearer.Deafness = 60000;
        settings.Bearer.WindowPeriod = 0;
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(null, settings);
        bench.Phone.Disconnect();
        bench.Pass(100000);
        long starts = board.Board.Bluetooth.Counters.StackStarts;
        bench.Pass(130000);

        Assert.AreEqual(starts + 2, board.Board.Bluetooth.Counters.StackStarts);
        Assert.IsTrue(board.HasLogged("nothing is heard: the stack is started anew"));
        board.Board.Verify();
    }

    [TestMethod]
    public void ImageThatDropsAdvertsWithoutFlags_IsNoticed()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.Board.Bluetooth.HasObserverHazard = true;
        board.PowerOn();
        bench.Pass(2000);

        for (int i = 0; i < 200; i++)
        {
            board.Board.Bluetooth.Hear(new AdvertisingPdu((ulong)i, true, AdvertisingType.Connectable, [0x02, 0x01, 0x06]));
            bench.Pass(100);
        }

        Assert.IsTrue(board.HasLogged("no advert without Flags among"));
        long before = board.Board.Bluetooth.Counters.Flagless;

        for (int i = 0; i < 20; i++)
        {
            board.Board.Bluetooth.Hear(new AdvertisingPdu((ulong)i + 1000, true, AdvertisingType.NonConnectable, [0x02, 0x2B, 0x06]));
            bench.Pass(300);
        }

        Assert.AreEqual(before, board.Board.Bluetooth.Counters.Flagless);
        board.Board.Verify();
    }

    /// <summary>What .NET allocates for such a call is the desktop's affair; on the device it is the boxed number and what the library makes.</summary>
    [TestMethod]
    public void Report_CostsTheApplicationNothingButTheCallByReflection()
    {
        const int Reports = 200;
        byte[][] payloads = [[0x02, 0x01, 0x06, 0x03, 0x03, 0x0F, 0x18], [0x0F, 0x2A, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]];
        NodeSettings settings = new() { CountersPeriod = 0 };
        settings.Bearer.BusyScan = 100;
        settings.Bearer.Scan = 100;
        settings.Bearer.IdleScan = 100;
        settings.Bearer.WindowPeriod = 0;
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(null, settings);
        bench.Phone.Disconnect();
        bench.Pass(100000);

        foreach (byte[] payload in payloads)
        {
            long[] octets = [long.MaxValue, long.MaxValue];

            for (int round = 0; round < 8; round++)
            {
                long before = board.Board.Allocations.ApplicationOctets;

                for (int i = 0; i < Reports; i++)
                {
                    bench.Pass(20);

                    if (round % 2 == 1)
                    {
                        payload[^1]++;
                        board.Board.Bluetooth.Hear(new AdvertisingPdu((ulong)i + 1000, true, AdvertisingType.NonConnectable, payload));
                    }
                }

                octets[round % 2] = Math.Min(octets[round % 2], board.Board.Allocations.ApplicationOctets - before);
            }

            // A restart of the scan more or less in these seconds makes a difference of an octet or two.
            long perReport = (octets[1] - octets[0]) / Reports;
            Assert.IsTrue(perReport <= ReflectionCost.Measure() && perReport > ReflectionCost.Measure() / 2, perReport.ToString());
        }

        board.Board.Verify();
    }

    // An advert with a Network PDU whose NID no key of the node has.
    private static byte[] ForeignPdu(ApplicationBoard board)
    {
        byte[] advert = new byte[22];
        advert[0] = (byte)(advert.Length - 1);
        advert[1] = AdvertisingData.MeshMessage;
        advert[2] = (byte)(board.Node.Stack.Subnets[0].TransmitKey.Credentials.Nid ^ 1);

        return advert;
    }
}
