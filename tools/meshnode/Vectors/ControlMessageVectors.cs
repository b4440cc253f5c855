using System.Collections.Generic;
using MeshNode.Kit.Messages;
using MeshNode.LowerTransport;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of transport control messages. The firmware has the Segment Acknowledgment and Heartbeat, the kit those of a friendship.</summary>
internal static class ControlMessageVectors
{
    private const int MaxSeqZero = LowerTransportPdu.SeqZeroMask;

    public static void Message(VectorObject input, VectorComparison output)
    {
        string message = input.Text("message");
        VectorObject fields = input.Object("fields");
        output.Octets("lower_transport_pdu", Encode(message, fields, output) ?? throw new VectorFormatException($"message {message} is not known"));
    }

    private static byte[]? Encode(string message, VectorObject fields, VectorComparison output)
    {
        int Octet(string name)
        {
            return (int)fields.Number(name, byte.MaxValue);
        }

        List<int> Addresses()
        {
            return fields.NumberList("addresses", ushort.MaxValue);
        }

        return message switch
        {
            "segment_ack" => SegmentAck(fields, output),
            "heartbeat" => HeartbeatPdu(fields),
            "friend_poll" => FriendshipMessages.Poll(Octet("fsn")),
            "friend_update" => FriendshipMessages.Update(Octet("flags"), fields.IvIndex, fields.Flag("md")),
            "friend_request" => FriendshipMessages.Request(
                Octet("rssi_factor"),
                Octet("receive_window_factor"),
                Octet("min_queue_size_log"),
                Octet("receive_delay"),
                (int)fields.Number("poll_timeout", 0xFFFFFF),
                fields.Address("previous_address"),
                Octet("num_elements"),
                fields.Address("lpn_counter")),
            "friend_offer" => FriendshipMessages.Offer(
                Octet("receive_window"), Octet("queue_size"), Octet("subscription_list_size"), fields.Signed("rssi"), fields.Address("friend_counter")),
            "friend_clear" => FriendshipMessages.Clear(fields.Address("lpn_address"), fields.Address("lpn_counter")),
            "friend_clear_confirm" => FriendshipMessages.ClearConfirm(fields.Address("lpn_address"), fields.Address("lpn_counter")),
            "friend_subscription_list_add" => FriendshipMessages.SubscriptionListAdd(Octet("transaction"), Addresses()),
            "friend_subscription_list_remove" => FriendshipMessages.SubscriptionListRemove(Octet("transaction"), Addresses()),
            "friend_subscription_list_confirm" => FriendshipMessages.SubscriptionListConfirm(Octet("transaction")),
            _ => null,
        };
    }

    private static byte[] SegmentAck(VectorObject fields, VectorComparison output)
    {
        bool onBehalfOf = fields.Flag("obo");
        int seqZero = (int)fields.Number("seq_zero", MaxSeqZero);
        uint blockAck = (uint)fields.Number("block_ack", uint.MaxValue);
        byte[] pdu = new byte[SegmentAcknowledgment.Length];
        SegmentAcknowledgment.Encode(onBehalfOf, seqZero, blockAck, pdu);
        output.Check(
            SegmentAcknowledgment.IsOnBehalfOf(pdu, 0) == onBehalfOf
                && SegmentAcknowledgment.SeqZero(pdu, 0) == seqZero
                && SegmentAcknowledgment.BlockAck(pdu, 0) == blockAck,
            "the firmware does not read the acknowledgment that it has written");

        return pdu;
    }

    private static byte[] HeartbeatPdu(VectorObject fields)
    {
        byte[] parameters = new byte[Heartbeat.Length];
        byte[] pdu = new byte[LowerTransportPdu.UnsegmentedHeaderSize + Heartbeat.Length];
        int count = Heartbeat.Encode((int)fields.Number("init_ttl", byte.MaxValue), fields.Address("features"), parameters, 0);
        LowerTransportPdu.EncodeUnsegmented(Heartbeat.Opcode, parameters, count, pdu);

        return pdu;
    }
}
