#nullable enable
using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Kit.Messages;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit;

/// <summary>Stands for a Configuration Server: knows keys, and answers each message with success, or not at all.</summary>
internal sealed class AnsweringServer() : Model(Sig, 0x0000)
{
    public List<int> Received { get; } = [];

    /// <summary>Requests that it does not answer.</summary>
    public int Deaf { get; set; }

    public ConfigurationStatus Status { get; set; }

    public override bool UsesDeviceKey => true;

    public override ModelVerdict Receive(AccessMessage message, long now)
    {
        Received.Add(message.Opcode);
        byte[] p = message.Buffer[message.Offset..(message.Offset + message.Count)];
        byte[]? answer = message.Opcode switch
        {
            0x8008 => new CompositionDataStatus(0, CompositionPage0.Of(Node.Access.Composition, 10, 3).Encode()).Encode(),
            0x00 or 0x01 => new AppKeyStatus(Status, p[0] | ((p[1] & 15) << 8), (p[1] >> 4) | (p[2] << 4)).Encode(),
            0x8045 => NetKeyUpdate(p),
            0x8015 => new KeyRefreshPhaseStatus(Status, 0, (int)Node.Stack.Subnets[0].Phase).Encode(),
            0x8016 => KeyRefreshPhaseSet(p[2]),
            0x803D => new ModelAppStatus(Status, LittleEndian.ReadUInt16(p, 0), LittleEndian.ReadUInt16(p, 2), ModelId.Sig(LittleEndian.ReadUInt16(p, 4))).Encode(),
            0x8049 => new NodeResetStatus().Encode(),
            _ => null,
        };

        if (answer == null)
        {
            return ModelVerdict.UnknownOpcode;
        }

        if (Deaf-- > 0)
        {
            return ModelVerdict.Accepted;
        }

        answer.CopyTo(Node.Access.Buffer, 0);
        Node.Access.Reply(message, answer.Length, now);

        return ModelVerdict.Accepted;
    }

    private byte[] NetKeyUpdate(byte[] p)
    {
        if (Node.Stack.Subnets[0].Phase == Network.KeyRefreshPhase.Normal)
        {
            Node.Stack.Subnets.StartKeyRefresh(Node.Stack.Subnets[0], new Network.NetworkKey(p[2..]));
        }

        return new NetKeyStatus(Status, 0).Encode();
    }

    // As the firmware does: what is in normal operation does not take the second phase.
    private byte[]? KeyRefreshPhaseSet(int transition)
    {
        Network.Subnet subnet = Node.Stack.Subnets[0];

        if (transition == 2 && subnet.Phase == Network.KeyRefreshPhase.Normal)
        {
            return null;
        }

        if (transition == 2 && subnet.Phase == Network.KeyRefreshPhase.First)
        {
            Node.Stack.Subnets.EnterSecondPhase(subnet);
        }
        else if (transition == 3 && subnet.Phase != Network.KeyRefreshPhase.Normal)
        {
            Node.Stack.Subnets.RevokeOldKey(subnet);
        }

        return new KeyRefreshPhaseStatus(Status, 0, (int)subnet.Phase).Encode();
    }
}
