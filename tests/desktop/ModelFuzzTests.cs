using System;
using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Models;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>Access payloads that nobody should send, to all models at once.</summary>
[TestClass]
public class ModelFuzzTests
{
    private const int Messages = 200_000;

    [TestMethod]
    public void Receive_NeverThrowsAndKeepsBoundStatesTogether()
    {
        Random random = new(4711);
        ModelNode node = new();
        StateRecord record = new();
        node.Element.Add(new HealthServer(new HealthRecord(), 4));
        node.Element.Add(new SarConfigurationServer());
        node.Element.Add(new GenericOnOffClient(null));
        LightLightnessServer lightness = LightnessElement.Compose(node.Element, record);
        GenericOnOffServer onOff = (GenericOnOffServer)node.Element.Find(Model.Sig, 0x1000);
        GenericLevelServer level = (GenericLevelServer)node.Element.Find(Model.Sig, 0x1002);
        node.Start();
        UpperTransport.UpperTransportPdu pdu = new() { Destination = ModelNode.NodeAddress, Subnet = node.Node.Stack.Subnets.Find(0) };
        byte[] payload = new byte[UpperTransport.UpperTransportAccessPdu.MaxLength];
        byte[] status = new byte[16];

        for (int i = 0; i < Messages; i++)
        {
            random.NextBytes(payload.AsSpan(0, 16));
            int count = random.Next(16) == 0 ? random.Next(1, AccessLayer.MaxPayload) : random.Next(2, 9);

            // Mostly opcodes that models know, and few TIDs.
            if (random.Next(8) != 0)
            {
                payload[0] = (byte)(random.Next(4) == 0 ? 0x80 : 0x82);
                payload[1] = (byte)random.Next(payload[0] == 0x80 ? 0x72 : 0x5D);
            }

            pdu.Source = ModelNode.PeerAddress + random.Next(2);
            node.Node.Access.OnAccessPayload(pdu, payload, count, random.Next(6) == 0 ? AccessKey.Device : 0x123, UpperTransport.LabelTable.None, node.Now);
            node.Now += random.Next(random.Next(100) == 0 ? 100_000_000 : 300);
            long next = node.Node.Access.Tick(node.Now);

            int actual = lightness.Actual(node.Now);
            Assert.IsTrue(actual >= 0 && actual <= ushort.MaxValue);
            Assert.AreEqual(actual, record.Value);
            Assert.AreEqual(actual != 0, onOff.IsOn(node.Now));
            level.EncodePublication(status, node.Now);
            Assert.AreEqual(actual - 32768, (short)LittleEndian.ReadUInt16(status, 2));
            Assert.IsTrue(next >= node.Now);
        }

        Assert.IsTrue(node.Node.Access.Count(AccessVerdict.Accepted) > Messages / 50);
        Assert.IsTrue(node.Node.Access.Count(AccessVerdict.Prohibited) > 0);
        Assert.IsTrue(record.Calls > 100);
    }
}
