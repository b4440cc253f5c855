using System;
using System.Collections.Generic;
using MeshNode.LowerTransport;

namespace MeshNode.Kit.Messages;

/// <summary>
/// Transport control messages between Friend and Low Power node, as unsegmented Lower Transport PDUs. See Mesh Protocol 1.1, section
/// 3.6.5. The firmware sends none of them.
/// </summary>
public static class FriendshipMessages
{
    private const int PollOpcode = 0x01;
    private const int UpdateOpcode = 0x02;
    private const int RequestOpcode = 0x03;
    private const int OfferOpcode = 0x04;
    private const int ClearOpcode = 0x05;
    private const int ClearConfirmOpcode = 0x06;
    private const int SubscriptionListAddOpcode = 0x07;
    private const int SubscriptionListRemoveOpcode = 0x08;
    private const int SubscriptionListConfirmOpcode = 0x09;
    private const int RssiFactorShift = 5;
    private const int ReceiveWindowFactorShift = 3;

    public static byte[] Poll(int fsn)
    {
        return Pdu(PollOpcode, (byte)fsn);
    }

    public static byte[] Update(int flags, uint ivIndex, bool moreData)
    {
        return Pdu(UpdateOpcode, [(byte)flags, .. Octets(ivIndex, 4), (byte)(moreData ? 1 : 0)]);
    }

    /// <param name="rssiFactor">0 to 3.</param>
    /// <param name="receiveWindowFactor">0 to 3.</param>
    /// <param name="minQueueSizeLog">1 to 7.</param>
    /// <param name="receiveDelay">Milliseconds, 10 to 255.</param>
    /// <param name="pollTimeout">Units of 100 ms.</param>
    public static byte[] Request(
        int rssiFactor,
        int receiveWindowFactor,
        int minQueueSizeLog,
        int receiveDelay,
        int pollTimeout,
        int previousAddress,
        int elements,
        int counter)
    {
        int criteria = (rssiFactor << RssiFactorShift) | (receiveWindowFactor << ReceiveWindowFactorShift) | minQueueSizeLog;

        return Pdu(
            RequestOpcode,
            [
                (byte)criteria,
                (byte)receiveDelay,
                .. Octets((uint)pollTimeout, 3),
                .. Octets((uint)previousAddress, 2),
                (byte)elements,
                .. Octets((uint)counter, 2),
            ]);
    }

    /// <param name="receiveWindow">Milliseconds, 1 to 255.</param>
    /// <param name="rssi">dBm.</param>
    public static byte[] Offer(int receiveWindow, int queueSize, int subscriptionListSize, int rssi, int counter)
    {
        return Pdu(OfferOpcode, [(byte)receiveWindow, (byte)queueSize, (byte)subscriptionListSize, (byte)rssi, .. Octets((uint)counter, 2)]);
    }

    public static byte[] Clear(int address, int counter)
    {
        return Pdu(ClearOpcode, [.. Octets((uint)address, 2), .. Octets((uint)counter, 2)]);
    }

    public static byte[] ClearConfirm(int address, int counter)
    {
        return Pdu(ClearConfirmOpcode, [.. Octets((uint)address, 2), .. Octets((uint)counter, 2)]);
    }

    public static byte[] SubscriptionListAdd(int transaction, IReadOnlyList<int> addresses)
    {
        return SubscriptionList(SubscriptionListAddOpcode, transaction, addresses);
    }

    public static byte[] SubscriptionListRemove(int transaction, IReadOnlyList<int> addresses)
    {
        return SubscriptionList(SubscriptionListRemoveOpcode, transaction, addresses);
    }

    public static byte[] SubscriptionListConfirm(int transaction)
    {
        return Pdu(SubscriptionListConfirmOpcode, (byte)transaction);
    }

    private static byte[] SubscriptionList(int opcode, int transaction, IReadOnlyList<int> addresses)
    {
        List<byte> parameters = [(byte)transaction];

        foreach (int address in addresses)
        {
            parameters.AddRange(Octets((uint)address, 2));
        }

        return Pdu(opcode, [.. parameters]);
    }

    private static byte[] Pdu(int opcode, params byte[] parameters)
    {
        byte[] pdu = new byte[LowerTransportPdu.UnsegmentedHeaderSize + parameters.Length];
        LowerTransportPdu.EncodeUnsegmented(opcode, parameters, parameters.Length, pdu);

        return pdu;
    }

    // Most significant octet first, unlike access messages.
    private static byte[] Octets(uint number, int count)
    {
        byte[] octets = new byte[sizeof(uint)];
        BigEndian.WriteUInt32(octets, 0, number);

        return octets[^count..];
    }
}
