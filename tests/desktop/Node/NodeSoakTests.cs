using System;
using System.Linq;
using MeshNode.Board.Bluetooth;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>Boards for hours: traffic, clients that come and go, foreign adverts, power cuts.</summary>
[TestClass]
public class NodeSoakTests
{
    private const int Minute = 60000;
    private const int Minutes = 60;

    [TestMethod]
    public void AnHourOfEverything_ViolatesNothingAndLosesLittle()
    {
        NodeBench bench = new(5);
        NodeBoard board = bench.AddNode();
        NodeBoard other = bench.AddNeighbour(board);
        int[] addresses = [board.Node.Stack.Network.PrimaryAddress, other.Node.Stack.Network.PrimaryAddress];
        VirtualAntenna foreign = bench.Mesh.Radio.Attach("X", new SilentListener());
        bench.Mesh.Radio.Connect(board.Radio.Antenna, foreign);
        Random random = bench.Mesh.CreateRandom();
        int switched = 0;
        int asked = 0;

        for (int minute = 0; minute < Minutes; minute++)
        {
            long end = bench.Mesh.Clock.Now + Minute;

            switch (minute % 6)
            {
                case 1:
                    for (int i = 0; i < 4; i++)
                    {
                        board.Press(200);
                        bench.Pass(4000);
                        asked++;
                        switched += board.IsLampOn == other.IsLampOn ? 1 : 0;
                    }

                    break;

                case 2:
                    if (!bench.Phone.IsConnected)
                    {
                        bench.OpenProxy(board);
                    }

                    asked += 2;
                    switched += bench.SetLamp(addresses[1], minute % 4 == 0) ? 1 : 0;
                    switched += bench.SetLamp(addresses[0], minute % 4 == 0) ? 1 : 0;
                    break;

                case 3:
                    board.Board.Bluetooth.Links.FirstOrDefault()?.Disconnect(minute % 4 == 0 ? 0x13 : 0x08);
                    break;

                case 4:
                    for (int i = 0; i < 1000; i++)
                    {
                        byte[] data = new byte[random.Next(32)];
                        random.NextBytes(data);
                        bench.Mesh.Radio.Broadcast(foreign, new AdvertisingPdu((ulong)random.Next(200), true, (AdvertisingType)random.Next(5), data));
                        bench.Pass(random.Next(20));
                    }

                    break;

                case 5 when minute % 4 == 1:
                    other.Board.PowerCycle();
                    break;
            }

            bench.Mesh.Clock.RunUntil(Math.Max(end, bench.Mesh.Clock.Now));
        }

        board.Board.Verify();
        other.Board.Verify();
        OutputHelper.WriteLine($"{switched} of {asked} switched, native memory lost: {board.Board.Memory.LostOctets} in {board.Board.Memory.LostBlocks} blocks");
        OutputHelper.WriteLine(string.Join("\n", board.Board.Log.TakeLast(3).Select(l => l.Text)));
        Assert.AreEqual(1, board.Board.Boots);
        Assert.IsTrue(board.Board.Memory.LostOctets < 30000, board.Board.Memory.LostOctets.ToString());
        Assert.IsTrue(switched >= asked - 2, $"{switched} of {asked}");
        Assert.AreEqual(0L, board.Board.Bluetooth.Counters.HandshakeTimeouts + other.Board.Bluetooth.Counters.HandshakeTimeouts);
    }
}
