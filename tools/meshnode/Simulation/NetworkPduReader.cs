using System.Collections.Generic;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Simulation;

/// <summary>
/// An observer who holds keys: tells SRC and SEQ of a Network PDU on the air, by which its copies are recognised from hop to hop.
/// </summary>
public sealed class NetworkPduReader
{
    private readonly List<(NetworkCredentials Credentials, uint IvIndex)> _networks = [];
    private readonly byte[] _payload = new byte[NetworkPdu.MaxLength];

    /// <summary>Adds a network.</summary>
    /// <param name="ivIndex">Its current IV Index; PDUs of the one before are read as well.</param>
    public void Add(byte[] netKey, uint ivIndex)
    {
        _networks.Add((NetworkCredentials.Flooding(netKey), ivIndex));
    }

    /// <summary>Reads the header of a PDU, or nothing when it is of no known network.</summary>
    public ObservedPdu? Read(byte[] pdu)
    {
        if (pdu.Length is < NetworkPdu.MinLength or > NetworkPdu.MaxLength)
        {
            return null;
        }

        ObservedPdu? best = null;

        foreach ((NetworkCredentials credentials, uint current) in _networks)
        {
            if ((pdu[0] & 0x7F) == credentials.Nid)
            {
                uint ivIndex = (current & 1) == pdu[0] >> 7 ? current : current - 1;
                credentials.Deobfuscate(pdu, 0, ivIndex);
                uint header = credentials.CtlTtlSeq;
                int source = credentials.Src;
                bool genuine = credentials.Decrypt(pdu, 0, pdu.Length, ivIndex, Nonce.NetworkType, _payload, 0);
                int? destination = genuine ? BigEndian.ReadUInt16(_payload, 0) : null;

                if (best == null || genuine)
                {
                    best = new ObservedPdu(ivIndex, source, header & SequenceNumber.Max, (int)(header >> 24) & NetworkPdu.MaxTtl, destination);
                }
            }
        }

        return best;
    }
}
