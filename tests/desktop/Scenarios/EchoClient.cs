#nullable enable
using System;
using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Scenarios;

/// <summary>Asks the <see cref="MeshNode.Models.EchoServer"/> of other nodes, and keeps what they answer.</summary>
internal sealed class EchoClient : Model
{
    private const int EchoCompany = 0x05F1;

    public EchoClient()
        : base(EchoCompany, 0x0002)
    {
    }

    /// <summary>Source and parameters of each answer.</summary>
    public List<(int Source, byte[] Parameters)> Answers { get; } = [];

    /// <summary>Asks a unicast or group address.</summary>
    public SendVerdict Send(int destination, int appKey, byte[] parameters, long now)
    {
        byte[] buffer = Node.Access.Buffer;
        int count = Opcode.Encode(Opcode.Vendor(0x01, EchoCompany), buffer);
        parameters.CopyTo(buffer, count);

        return Node.Access.Send(Element, destination, LabelTable.None, appKey, null, Publication.DefaultTtl, count + parameters.Length, now);
    }

    public override ModelVerdict Receive(AccessMessage message, long now)
    {
        if (message.Opcode != Opcode.Vendor(0x02, EchoCompany))
        {
            return ModelVerdict.UnknownOpcode;
        }

        Answers.Add((message.Source, message.Buffer.AsSpan(message.Offset, message.Count).ToArray()));

        return ModelVerdict.Accepted;
    }
}
