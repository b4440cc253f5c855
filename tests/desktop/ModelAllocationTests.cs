using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Models;
using MeshNode.Models.Foundation;
using MeshNode.Models.Lighting;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>Models allocate nothing, whatever they receive and whatever time brings.</summary>
[TestClass]
public class ModelAllocationTests
{
    private const int Times = 2000;

    private static readonly string[] s_messages =
    [
        "8201", "820201", "820300", "8205", "8206001001", "820a64000000", "820b6400", "820d", "820f00", "8211", "821402", "824b", "824c3412", "824f", "82513412",
        "8253", "8255", "8257", "825a0010", "825c0100ffff", "825b00000000", "8034", "803503", "8004", "800605", "8031f105", "8032f105", "803200f105", "0000", "c1f1050102",
    ];

    [TestMethod]
    public void ReceiveAndTick_AllocateNothing()
    {
        ModelNode node = new();
        HealthServer health = new(new HealthRecord(), 4);
        node.Element.Add(health);
        LightnessElement.Compose(node.Element, new StateRecord());
        node.Element.Add(new EchoServer());
        node.Start();

        for (int i = 0; i < node.Element.Count; i++)
        {
            node.Publish(node.Element[i], 0x02);
        }

        byte[][] payloads = new byte[s_messages.Length][];

        for (int i = 0; i < payloads.Length; i++)
        {
            // Room for TID, transition time and delay.
            payloads[i] = [.. Hex.Decode(s_messages[i]), 0, 0, 0];
        }

        UpperTransport.UpperTransportPdu pdu = new() { Source = ModelNode.PeerAddress, Destination = ModelNode.NodeAddress, Ttl = 5, Subnet = node.Node.Stack.Subnets.Find(0) };

        Allocations.AreNone(Times, i =>
        {
            byte[] payload = payloads[i % payloads.Length];
            int count = payload.Length - 3 + i / payloads.Length % 4;
            payload[^3] = (byte)i;
            payload[^2] = 0x02;
            node.Node.Access.OnAccessPayload(pdu, payload, count, 0x123, UpperTransport.LabelTable.None, node.Now);
            node.Now += 30;
            node.Node.Tick(node.Now);
            node.Node.Tick(node.Now);

            if (i % 100 == 0)
            {
                health.SetFault(i / 100 % 5 + 1, node.Now);
            }
        });

        Assert.IsTrue(node.Node.Access.Count(AccessVerdict.Accepted) > Times / 4);
        Assert.IsTrue(node.Node.Access.Count(AccessVerdict.Length) > Times / 4);
        Assert.IsTrue(node.Node.Access.Count(AccessVerdict.Prohibited) > 0);
    }
}
