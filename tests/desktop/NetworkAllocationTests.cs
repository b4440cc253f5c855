using System;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// Nothing that comes or goes allocates: a collection on the device stops everything for tens of milliseconds. And what takes too many
/// steps for the device.
/// </summary>
[TestClass]
public class NetworkAllocationTests
{
    private const uint IvIndex = Peer.SampleIvIndex;
    private const string OtherKey = "00112233445566778899aabbccddeeff";
    private const int Times = 10_000;

    [TestMethod]
    public void Receive_AllocatesNothing()
    {
        FakeNetworkLayerClient client = new();
        MeshStack stack = Stack(client, new FakeGattBearer());
        Peer peer = new(Peer.SampleNetKey, IvIndex);
        Peer foreign = new(OtherKey, IvIndex);
        byte[][] pdus = new byte[Times][];

        for (int i = 0; i < Times; i += 5)
        {
            uint sequence = (uint)i;
            pdus[i] = peer.Access(5, sequence, 0x0200, 0x0001);
            pdus[i + 1] = peer.Pdu(true, 5, sequence + 1, 0x0200, 0xFFFF, "010203");
            pdus[i + 2] = pdus[i + 1];
            pdus[i + 3] = foreign.Access(5, sequence, 0x0200, 0x0001);
            pdus[i + 4] = peer.Access(5, sequence + 2, 0x0200, 0x0001);
            pdus[i + 4][20] ^= 1;
        }

        Allocations.AreNone(Times, i => stack.OnReceived(AdvertisingData.MeshMessage, pdus[i], 0, pdus[i].Length, i));

        Assert.AreEqual(2u * Times / 5, stack.Network.Count(NetworkVerdict.Accepted));
        Assert.AreEqual((uint)Times / 5, stack.Network.RelayCount(RelayVerdict.Relayed));
        Assert.AreEqual((uint)Times / 5, stack.Network.Count(NetworkVerdict.Duplicate));
        Assert.AreEqual((uint)Times / 5, stack.Network.Count(NetworkVerdict.UnknownNid));
        Assert.AreEqual((uint)Times / 5, stack.Network.Count(NetworkVerdict.NetMic));
        Assert.AreEqual(2 * Times / 5, client.Count);
    }

    [TestMethod]
    public void Beacons_AllocateNothing()
    {
        MeshStack stack = Stack(new FakeNetworkLayerClient(), new FakeGattBearer());
        stack.Beacons.Enabled = true;
        Peer peer = new(Peer.SampleNetKey, IvIndex);
        byte[][] beacons = new byte[Times][];

        for (int i = 0; i < Times; i += 5)
        {
            beacons[i] = peer.SecureBeacon((i % 32) << 2);
            beacons[i + 1] = beacons[i];
            beacons[i + 2] = peer.PrivateNetworkBeacon(0, i);
            beacons[i + 3] = new Peer(Peer.SampleNetKey, IvIndex).SecureBeacon(0);
            beacons[i + 3][21] ^= 1;
            beacons[i + 4] = [0, .. new byte[18]];
        }

        Allocations.AreNone(Times, i =>
        {
            stack.OnReceived(AdvertisingData.MeshBeacon, beacons[i], 0, beacons[i].Length, 1000L * i);
            stack.Tick(1000L * i);
        });

        Assert.AreEqual(2u * Times / 5, stack.Beacons.Count(BeaconVerdict.Accepted));
        Assert.AreEqual((uint)Times / 5, stack.Beacons.Count(BeaconVerdict.Repeated));
        Assert.AreEqual((uint)Times / 5, stack.Beacons.Count(BeaconVerdict.Authentication));
        Assert.AreEqual((uint)Times / 5, stack.Beacons.Count(BeaconVerdict.UnprovisionedDevice));
    }

    [TestMethod]
    public void ProxyValues_AllocateNothing()
    {
        FakeGattBearer gatt = new();
        MeshStack stack = Stack(new FakeNetworkLayerClient(), gatt);
        Peer peer = new(Peer.SampleNetKey, IvIndex);
        byte[][] values = new byte[Times][];

        for (int i = 0; i < Times; i += 5)
        {
            uint sequence = (uint)i;
            byte[] pdu = peer.Access(5, sequence, 0x0300, 0xFFFF);
            values[i] = [0x40, .. pdu.AsSpan(0, 10)];
            values[i + 1] = [0xC0, .. pdu.AsSpan(10)];
            values[i + 2] = [0x02, .. peer.Configuration(sequence + 1, 0x0300, i % 2 == 0 ? "01c000c001" : "02c000c001")];
            values[i + 3] = [0x02, .. peer.Configuration(sequence + 1, 0x0300, "0001")];
            values[i + 4] = [0x01, .. peer.SecureBeacon((i % 32) << 2)];
        }

        Allocations.AreNone(Times, i =>
        {
            long now = 20L * i;
            gatt.Credit = i % 7;
            stack.OnWritten(0, values[i], 0, values[i].Length, now);
            gatt.Credit = 100;
            stack.OnNotified(0, now);
            stack.Tick(now);
        });

        Assert.AreEqual(3u * Times / 5, stack.Proxy.Count(ProxyVerdict.Accepted));
        Assert.AreEqual((uint)Times / 5, stack.Proxy.Count(ProxyVerdict.Incomplete));
        Assert.AreEqual((uint)Times / 5, stack.Proxy.Count(ProxyVerdict.Replayed));
        Assert.IsTrue(gatt.Count >= 2 * Times / 5);
    }

    [TestMethod]
    public void Send_AllocatesNothing()
    {
        FakeNetworkLayerClient client = new();
        FakeGattBearer gatt = new();
        MeshStack stack = Stack(client, gatt);
        byte[] transport = new byte[16];

        Allocations.AreNone(Times, i =>
        {
            stack.Sequence.TryTake(out uint sequence);
            int destination = i % 3 == 0 ? 0xFFFF : i % 3 == 1 ? 0x0001 : 0x0300;
            stack.Network.Send(stack.Subnets[0], false, 5, sequence, 0x0001, destination, transport, 0, 16, i);
            stack.Tick(i);
            stack.OnSent(i, i);
        });

        Assert.IsTrue(client.Count >= 2 * Times / 3);
        Assert.IsTrue(gatt.Count >= Times / 3);
    }

    [TestMethod]
    public void Tick_StartsAnIvUpdateFromHalfOfTheSequenceNumbersOn()
    {
        MeshStack stack = Stack(new FakeNetworkLayerClient(), new FakeGattBearer());
        long now = Network.IvIndex.MinStateTime;

        while (stack.Sequence.Next < 0x7FFFFF)
        {
            stack.Sequence.TryTake(out _);
        }

        stack.Tick(now - 2);
        Assert.IsFalse(stack.IvIndex.UpdateInProgress);

        stack.Sequence.TryTake(out _);
        Assert.IsTrue(stack.Tick(now - 1) <= now + 60000);
        Assert.IsFalse(stack.IvIndex.UpdateInProgress);
        stack.Tick(now);
        Assert.IsTrue(stack.IvIndex.UpdateInProgress);
        Assert.AreEqual(IvIndex + 1, stack.IvIndex.Current);
        Assert.AreEqual(0x800000u, stack.Sequence.Next);

        stack.Tick(2 * now);
        Assert.IsFalse(stack.IvIndex.UpdateInProgress);
        Assert.AreEqual(0u, stack.Sequence.Next);
    }

    private static MeshStack Stack(FakeNetworkLayerClient client, FakeGattBearer gatt)
    {
        MeshStack stack = new(new FakeAdvertisingBearer(), gatt, new CountingRandom(), client, new StackProfile { ProxyClients = 2 });
        stack.Join(0x0001, 1, IvIndex, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, 0);
        stack.Network.RelayEnabled = true;
        stack.SetProxyEnabled(true, 0);

        for (int i = 0; i < 2; i++)
        {
            stack.OnConnected(i, 0);
            stack.OnSubscribed(i, true, 0);
        }

        return stack;
    }
}
