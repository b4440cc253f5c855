using System;
using System.Collections.Generic;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>A stranger with a radio and no keys of this network: records what it hears, and sends what it likes.</summary>
internal sealed class Intruder : IRadioListener
{
    private const int Transmissions = 8;
    private const int Interval = 20;

    private const int MaxRecorded = 256;

    // The last octet of SEQ: whoever flips a bit of the obfuscated header flips it in SEQ, without any key.
    private const int SequenceOctet = 4;
    private const byte SequenceBit = 0x40;

    public Intruder(VirtualMesh mesh, string name)
    {
        Antenna = mesh.Radio.Attach(name, this);
    }

    public VirtualAntenna Antenna { get; }

    /// <summary>The last Network PDUs that it has heard, without copies.</summary>
    public List<byte[]> Recorded { get; } = [];

    /// <summary>A recorded PDU with another SEQ, and a NetMIC that is guessed.</summary>
    public static byte[] WithOtherSequence(byte[] pdu)
    {
        byte[] forged = (byte[])pdu.Clone();
        forged[SequenceOctet] ^= SequenceBit;
        forged[^1]++;

        return forged;
    }

    /// <summary>A PDU of the intruder's own network.</summary>
    public static byte[] OfOwnNetwork(NetworkKey key, uint sequence)
    {
        byte[] clear = [0x12, 0x01, 0x00, 0x82, 0x02, 0x01];
        byte[] pdu = new byte[NetworkPdu.MaxLength];
        int length = key.Credentials.Encrypt((0x05u << 24) | sequence, 0x0003, 0, Nonce.NetworkType, clear, 0, clear.Length, pdu, 0);

        return pdu[..length];
    }

    public void Send(byte[] pdu)
    {
        if (Antenna.TransmitCredit > 0)
        {
            Antenna.Send(AdvertisingData.MeshMessage, pdu, 0, pdu.Length, Transmissions, Interval, 0);
        }
    }

    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        if (type == AdvertisingData.MeshMessage && !Recorded.Exists(known => known.AsSpan().SequenceEqual(payload)))
        {
            if (Recorded.Count == MaxRecorded)
            {
                Recorded.RemoveAt(0);
            }

            Recorded.Add(payload);
        }
    }

    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
    }

    public void OnSent(int tag)
    {
    }
}
