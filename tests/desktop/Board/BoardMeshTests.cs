using System;
using System.IO;
using MeshNode.Bearers;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using MeshNode.Kit.Networks;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>Boards in the air of the simulation, with each other, with its nodes and with its phone.</summary>
[TestClass]
public class BoardMeshTests
{
    private const int Button = 0;

    private static ApplicationImage Image => new(Path.Combine(AppContext.BaseDirectory, "MeshNode.BoardApplication.dll"));

    [TestMethod]
    public void Boards_HearEachOther()
    {
        VirtualMesh mesh = new(3);
        MeshBoard[] boards = [mesh.AddBoard("B1", BoardProfile.Esp32), mesh.AddBoard("B2", BoardProfile.Esp32C3)];
        mesh.Radio.Connect(boards[0].Antenna, boards[1].Antenna);
        boards[0].Board.PowerOn(Image);
        mesh.Clock.RunUntil(400);
        boards[1].Board.PowerOn(Image);
        mesh.Clock.RunUntil(30000);

        foreach (MeshBoard board in boards)
        {
            board.Board.Verify();
            Assert.IsTrue(board.Board.Bluetooth.Counters.Reports > 20, board.Board.Bluetooth.Counters.Reports.ToString());
            Assert.IsTrue(board.Board.Bluetooth.Counters.Duplicates > 20, board.Board.Bluetooth.Counters.Duplicates.ToString());
            Assert.AreEqual(board.Board.Bluetooth.Counters.Reports, board.Board.Allocations.RawReports);
        }
    }

    [TestMethod]
    public void NodeOfTheSimulation_HearsABoardAndIsHeard()
    {
        VirtualMesh mesh = new(4);
        MeshBoard board = mesh.AddBoard("B", BoardProfile.Esp32);
        Listener listener = new();
        VirtualAntenna antenna = mesh.Radio.Attach("L", listener);
        mesh.Radio.Connect(board.Antenna, antenna);
        board.Board.PowerOn(Image);
        mesh.Clock.RunUntil(5000);
        Assert.IsTrue(listener.Received > 8, listener.Received.ToString());

        antenna.Send(AdvertisingData.MeshMessage, [1, 2, 3], 0, 3, 3, 20, 0);
        mesh.Clock.RunUntil(6000);
        Assert.IsTrue(board.Board.Bluetooth.Counters.Reports is >= 1 and <= 3);
    }

    [TestMethod]
    public void FreshAddresses_PassTheDuplicateFilterForEachPayload()
    {
        foreach (bool isFresh in new[] { false, true })
        {
            VirtualMesh mesh = new(5);
            MeshBoard board = mesh.AddBoard("B", BoardProfile.Esp32);
            VirtualAntenna antenna = mesh.Radio.Attach("L", new Listener());
            antenna.HasFreshAddresses = isFresh;
            mesh.Radio.Connect(board.Antenna, antenna);
            board.Board.PowerOn(() =>
            {
                nanoFramework.Device.Bluetooth.BluetoothLEServer.Instance.Start();
                Reflection.Call(new nanoFramework.Device.Bluetooth.BluetoothLEAdvertisementWatcher(), "NativeStartAdvertisementWatcher", 0);
            });
            mesh.Clock.RunUntil(2000);

            for (int i = 0; i < 10; i++)
            {
                antenna.Send(AdvertisingData.MeshMessage, [(byte)i], 0, 1, 1, 20, 0);
                mesh.Clock.RunUntil(mesh.Clock.Now + 100);
            }

            Assert.AreEqual(isFresh ? 10L : 1L, board.Board.Bluetooth.Counters.Reports);
        }
    }

    [TestMethod]
    public void Phone_SeesConnectsAndLosesABoard()
    {
        VirtualMesh mesh = new(6);
        MeshBoard board = mesh.AddBoard("B", BoardProfile.Esp32);
        VirtualPhone phone = new(mesh, "phone", new MeshNetwork(new SeededRandomSource(mesh.CreateRandom())));
        mesh.Radio.Connect(board.Antenna, phone.Antenna);
        board.Board.PowerOn(Image);
        mesh.Clock.RunUntil(3000);
        Assert.IsFalse(phone.Connect(board, 69, new GattParameters()));

        board.Board.Pins[Button].Press(100);
        mesh.Clock.RunUntil(5000);
        Assert.AreEqual("02-01-06-03-03-28-18-0C-16-28-18-00-01-02-03-04-05-06-07-08", BitConverter.ToString(phone.AdvertOf(board.Antenna)));
        Assert.IsTrue(phone.Connect(board, 69, new GattParameters()));
        mesh.Clock.RunUntil(8000);
        Assert.AreEqual(69, phone.Mtu);
        Assert.AreEqual(1, board.Board.Bluetooth.Links.Count);

        board.Board.PowerOff();
        mesh.Clock.RunUntil(11000);
        Assert.IsTrue(phone.Mtu == 69 && !phone.IsConnected);
        mesh.Clock.RunUntil(13000);
        Assert.AreEqual(GattService.MinMtu, phone.Mtu);
        board.Board.Verify();
    }

    /// <summary>Malformed and foreign adverts, from as many addresses.</summary>
    [TestMethod]
    public void StormOfAdverts_HarmsNothing()
    {
        VirtualMesh mesh = new(7);
        MeshBoard board = mesh.AddBoard("B", BoardProfile.Esp32);
        VirtualAntenna antenna = mesh.Radio.Attach("L", new Listener());
        mesh.Radio.Connect(board.Antenna, antenna);
        board.Board.PowerOn(Image);
        mesh.Clock.RunUntil(2000);
        Random random = mesh.CreateRandom();

        for (int i = 0; i < 5000; i++)
        {
            byte[] data = new byte[random.Next(32)];
            random.NextBytes(data);
            mesh.Radio.Broadcast(antenna, new AdvertisingPdu((ulong)random.Next(1000), true, (AdvertisingType)random.Next(5), data));
            mesh.Clock.RunUntil(mesh.Clock.Now + random.Next(3));
        }

        board.Board.Verify();
        Assert.AreEqual(0L, board.Board.Bluetooth.Counters.HandshakeTimeouts);
        Assert.IsTrue(board.Board.Bluetooth.Counters.Reports > 2000, board.Board.Bluetooth.Counters.Reports.ToString());
    }

    private sealed class Listener : IRadioListener
    {
        public int Received { get; private set; }

        public void OnReceived(VirtualAntenna from, int type, byte[] payload)
        {
            Received += type == AdvertisingData.MeshMessage ? 1 : 0;
        }

        public void OnConnectable(VirtualAntenna from, byte[] data)
        {
        }

        public void OnSent(int tag)
        {
        }
    }
}
