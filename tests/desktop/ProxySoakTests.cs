using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>The proxy half of the stack under random traffic, and what takes too long for the device.</summary>
[TestClass]
public class ProxySoakTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(20261121)]
    public void Proxy_KeepsItsPromisesUnderRandomTraffic(int seed)
    {
        ProxySoak soak = new(seed);

        for (int i = 0; i < 200_000; i++)
        {
            soak.Step();
        }

        OutputHelper.WriteLine(soak.Summary());
        soak.Finish();
    }

    [TestMethod]
    public void ProxySegmenter_GivesWhatTheReassemblerTakesForEveryMtuAndLength()
    {
        byte[] message = [.. Enumerable.Range(1, 66).Select(i => (byte)i)];
        byte[] value = new byte[GattService.MaxMtu];
        byte[] joined = new byte[66];
        ProxyReassembler reassembler = new();

        for (int mtu = GattService.MinMtu; mtu <= GattService.MaxMtu; mtu++)
        {
            for (int length = 1; length <= message.Length; length++)
            {
                int maxValue = mtu - GattService.AttHeaderSize;
                ProxyReassembly last = ProxyReassembly.Incomplete;
                int position = 0;

                while (position < length)
                {
                    int count = ProxySegmenter.Encode(ProxyPduType.ProvisioningPdu, message, length, position, value, maxValue);
                    Assert.IsTrue(count >= 2 && count <= maxValue && last == ProxyReassembly.Incomplete, $"MTU {mtu}, length {length}");
                    Array.Copy(value, 1, joined, position, count - 1);
                    position += count - 1;
                    last = reassembler.Receive(value, 0, count, 0);
                }

                // No message of this specification has 66 octets.
                Assert.IsTrue(message.AsSpan(0, length).SequenceEqual(joined.AsSpan(0, length)), $"MTU {mtu}, length {length}");
                Assert.AreEqual(length == 66 ? ProxyReassembly.Violation : ProxyReassembly.Complete, last, $"MTU {mtu}, length {length}");
                Assert.IsTrue(length == 66 || reassembler.Message.AsSpan(0, reassembler.Length).SequenceEqual(message.AsSpan(0, length)), $"MTU {mtu}, length {length}");
                reassembler.Reset();
            }
        }
    }

    [TestMethod]
    public void ProxyQueue_KeepsOrderWhenItsNumbersWrap()
    {
        ProxyQueue queue = new(16);
        FieldInfo order = typeof(ProxyQueue).GetField("_nextOrder", BindingFlags.Instance | BindingFlags.NonPublic);
        byte[] message = new byte[1];
        order.SetValue(queue, int.MaxValue - 7);

        for (int i = 0; i < 20; i++)
        {
            message[0] = (byte)i;
            Assert.IsTrue(queue.Enqueue(ProxyQueue.Forwarded, 0, message, 1));
        }

        for (int i = 4; i < 20; i++)
        {
            queue.Dequeue(message, out _);
            Assert.AreEqual((byte)i, message[0]);
        }
    }

    [TestMethod]
    public void MeshStack_UpdatesTheIvIndexWhenHalfOfTheSequenceNumbersAreUsed()
    {
        ProxyNode node = new();
        MeshStack stack = node.Stack;
        stack.Beacons.Enabled = true;
        TakeUpTo(stack.Sequence, SequenceNumber.IvUpdateThreshold - 1);
        node.Tick(IvIndex.MinStateTime);
        Assert.IsFalse(stack.IvIndex.UpdateInProgress);

        TakeUpTo(stack.Sequence, SequenceNumber.IvUpdateThreshold);
        node.Tick(IvIndex.MinStateTime + 1);
        Assert.IsTrue(stack.IvIndex.UpdateInProgress);
        Assert.AreEqual(Peer.SampleIvIndex + 1, stack.IvIndex.Current);
        Assert.AreEqual(SequenceNumber.IvUpdateThreshold, stack.Sequence.Next);

        node.Tick((2 * IvIndex.MinStateTime) + 1);
        Assert.IsFalse(stack.IvIndex.UpdateInProgress);
        Assert.AreEqual(0u, stack.Sequence.Next);

        // And not before 96 hours in the new state, however many are used.
        TakeUpTo(stack.Sequence, SequenceNumber.IvUpdateThreshold);
        node.Tick(3 * IvIndex.MinStateTime);
        Assert.IsFalse(stack.IvIndex.UpdateInProgress);
        node.Tick((3 * IvIndex.MinStateTime) + 1);
        Assert.IsTrue(stack.IvIndex.UpdateInProgress);
    }

    [TestMethod]
    public void ProxyServer_SendsNoFilterStatusWithoutASequenceNumber()
    {
        ProxyNode node = new();
        node.Open(0);
        TakeUpTo(node.Stack.Sequence, SequenceNumber.Max);

        node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");
        node.CheckStatus(0, "03010000");
        Assert.AreEqual(SequenceNumber.Max, node.Peer.Sequence);
        node.Configure(ProxyVerdict.Accepted, 0, 2, "0000");
        Assert.AreEqual(0, node.Unseen);
        Assert.AreEqual(ProxyFilter.AcceptList, node.Filter(0).Type);
    }

    /// <summary>Whoever calls Tick every millisecond sees the same as who calls it when it asked to be called.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Tick_AtItsDeadlinesDoesTheSameAsAtEveryMillisecond(int seed)
    {
        List<string> expected = RunFor(seed, everyMillisecond: true, out _);
        List<string> actual = RunFor(seed, everyMillisecond: false, out int calls);

        Assert.IsTrue(expected.Count > 100);
        Assert.AreEqual(string.Join("\n", expected), string.Join("\n", actual));
        Assert.IsTrue(calls < 30_000, $"{calls} calls");
    }

    private static void TakeUpTo(SequenceNumber sequence, uint next)
    {
        while (sequence.Next < next)
        {
            sequence.TryTake(out _);
        }
    }

    private static List<string> RunFor(int seed, bool everyMillisecond, out int calls)
    {
        const long End = 1_200_000;
        Random random = new(seed);
        ProxyNode node = new();
        List<string> log = [];
        long next = 0;
        calls = 0;
        node.Stack.Beacons.Enabled = true;
        node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(ProxySoak.OtherKey)));

        // What happens from outside, at the same times in both runs.
        long[] events = [.. Enumerable.Range(0, 60).Select(_ => (long)random.Next((int)End)).Order()];
        int[] kinds = [.. events.Select(_ => random.Next(7))];
        int happened = 0;

        for (long now = 0; now < End; now++)
        {
            if (!everyMillisecond)
            {
                now = Math.Min(Math.Min(next, happened < events.Length ? events[happened] : End), End);
            }

            int radio = node.Radio.Count;
            int adverts = node.Radio.ConnectableCalls;
            int disconnects = node.Gatt.Disconnects;
            int notifications = node.Gatt.Count;
            bool tick = everyMillisecond || now >= next;
            node.Now = now;

            for (; happened < events.Length && events[happened] <= now; happened++)
            {
                int connection = happened % 3;
                tick = true;

                switch (kinds[happened])
                {
                    case 0:
                        node.Stack.OnConnected(connection, now);
                        node.Stack.OnSubscribed(connection, true, now);
                        break;

                    case 1:
                        node.Stack.OnWritten(connection, [0x40, 1], 0, 2, now);
                        break;

                    case 2:
                        node.Stack.OnDisconnected(connection, now);
                        break;

                    case 3:
                        node.Stack.Advertiser.StartNodeIdentity(node.Subnet, now);
                        break;

                    case 4:
                        node.Gatt.Blocked ^= 1 << connection;
                        break;

                    case 5:
                        node.Hear(AdvertisingData.MeshBeacon, node.Peer.SecureBeacon(0));
                        break;

                    default:
                        node.Stack.SetProxyEnabled(random.Next(2) == 0, now);
                        break;
                }
            }

            if (tick)
            {
                next = node.Tick(now);
                calls++;
                Assert.IsTrue(next > now, $"{next} at {now}");
            }

            for (; radio < node.Radio.Count; radio++)
            {
                log.Add($"{now} {node.Radio.Text(radio)}");
            }

            for (; notifications < node.Gatt.Count; notifications++)
            {
                log.Add($"{now} to {node.Gatt.Connection(notifications)}: {node.Gatt.Text(notifications)}");
            }

            if (node.Radio.ConnectableCalls != adverts)
            {
                log.Add($"{now} advert {node.Radio.ConnectableText}");
            }

            if (node.Gatt.Disconnects != disconnects)
            {
                log.Add($"{now} disconnects {node.Gatt.LastDisconnected}");
            }
        }

        return log;
    }
}
