#nullable enable
using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MeshNode.Tool;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary><c>meshnode run</c>, reached over its two local test transports.</summary>
[TestClass]
public class MeshNodeRunTests
{
    private const string Uuid = "70cf7c9732a345b691494810d2e9cbf4";
    private const int Timeout = 20000;

    [TestMethod]
    public void Run_IsSeenAndAnswersOverBothTransports()
    {
        using Socket air = Listen();
        using Socket gatt = Listen();
        using CancellationTokenSource cancellation = new();
        using StringWriter output = new();
        string[] arguments = ["run", "--udp", Port(air), "--gatt", Port(gatt), "--uuid", Uuid];
        Task<int> run = Task.Run(() => CommandLine.Run(arguments, output, cancellation.Token));

        // Unprovisioned Device beacon; service data of the Mesh Provisioning Service.
        ReceiveUntil(air, "2b00" + Uuid + "0000", out EndPoint node);
        ReceiveUntil(gatt, "412718" + Uuid + "0000", out EndPoint gattNode);

        // Link Open is answered by Link Ack.
        air.SendTo(Convert.FromHexString("29010203040003" + Uuid), node);
        ReceiveUntil(air, "29010203040007", out _);

        // The link is taken: whoever connects is turned away.
        gatt.SendTo(Convert.FromHexString("434500"), gattNode);
        ReceiveUntil(gatt, "44", out _);

        cancellation.Cancel();
        Assert.AreEqual(0, run.GetAwaiter().GetResult());
        Assert.IsTrue(output.ToString().Contains(Uuid, StringComparison.Ordinal));
    }

    /// <summary>A stock image does one thing at a time: first it is connectable, then it sends its beacons.</summary>
    [TestMethod]
    [DataRow("ESP32-DevKitC")]
    [DataRow("M5Core2")]
    public void Run_OfABoardIsSeenAndAnswersOverBothTransports(string board)
    {
        using Socket air = Listen();
        using Socket gatt = Listen();
        using CancellationTokenSource cancellation = new();
        using StringWriter output = new();
        string[] arguments = ["run", "--udp", Port(air), "--gatt", Port(gatt), "--uuid", Uuid, "--board", board];
        Task<int> run = Task.Run(() => CommandLine.Run(arguments, output, cancellation.Token));

        ReceiveUntil(gatt, "412718" + Uuid + "0000", out EndPoint _);
        ReceiveUntil(air, "", out EndPoint node);

        // Link Open is answered by Link Ack, for which it leaves the connectable state. It is deaf for a moment now and then: as provisioners do, it is sent again.
        ReceiveUntil(air, "29010203040007", out _, () => air.SendTo(Convert.FromHexString("29010203040003" + Uuid), node));

        cancellation.Cancel();
        Assert.AreEqual(0, run.GetAwaiter().GetResult());
        Assert.IsTrue(output.ToString().Contains("MeshNode 0.1.0.0, " + board, StringComparison.Ordinal));
        Assert.IsTrue(output.ToString().Contains(Uuid, StringComparison.OrdinalIgnoreCase));
    }

    [TestMethod]
    [DataRow("--udp", "1")]
    [DataRow("--uuid", Uuid)]
    [DataRow("--udp 1 --uuid", "0102")]
    [DataRow("--udp 1 --uuid " + Uuid + " --board", "Arduino")]
    [DataRow("--udp 1 --uuid " + Uuid + " --static", "012")]
    public void Run_RefusesMissingAndMalformedOptions(string options, string last)
    {
        using StringWriter output = new();

        Assert.AreEqual(1, CommandLine.Run(["run", .. options.Split(' '), last], output));
    }

    private static Socket Listen()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Timeout };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        return socket;
    }

    private static string Port(Socket socket)
    {
        return ((IPEndPoint)socket.LocalEndPoint!).Port.ToString();
    }

    private static void ReceiveUntil(Socket socket, string expected, out EndPoint from, Action? again = null)
    {
        byte[] buffer = new byte[600];
        string received;
        long end = Environment.TickCount64 + Timeout;

        do
        {
            Assert.IsTrue(Environment.TickCount64 < end, $"{expected} does not come");
            again?.Invoke();
            from = new IPEndPoint(IPAddress.Loopback, 0);
            int count = socket.ReceiveFrom(buffer, ref from);
            received = Convert.ToHexStringLower(buffer.AsSpan(0, count));
        }
        while (received != expected);
    }
}
