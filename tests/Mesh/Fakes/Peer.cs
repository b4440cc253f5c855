using System;
using MeshNode.Beacons;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Fakes
{
    /// <summary>
    /// Another node, as far as it can be heard: secures Network PDUs and beacons with whatever fields a test wants, and reads
    /// what the node under test has sent. Has keys of its own, so that the keys under test may be cleared.
    /// </summary>
    internal sealed class Peer
    {
        /// <summary>The NetKey of the sample data.</summary>
        public const string SampleNetKey = "7dd7364cd842ad18c17c2b820c84c3d6";

        /// <summary>The IV Index of the sample data.</summary>
        public const uint SampleIvIndex = 0x12345678;

        public readonly NetworkKey Key;

        /// <summary>The IV Index to secure with, and to read with.</summary>
        public uint IvIndex;

        /// <summary>What <see cref="Read(byte[])"/> has found.</summary>
        public bool Control;

        public int Ttl;
        public uint Sequence;
        public int Source;
        public int Destination;
        public string Transport;

        private readonly byte[] _clear = new byte[64];
        private readonly byte[] _secured = new byte[96];

        public Peer(string netKey, uint ivIndex)
        {
            Key = new NetworkKey(Hex.Decode(netKey));
            IvIndex = ivIndex;
        }

        /// <summary>A Network PDU.</summary>
        public byte[] Pdu(bool control, int ttl, uint sequence, int source, int destination, string transport)
        {
            return Secure(Nonce.NetworkType, control, ttl, sequence, source, destination, transport);
        }

        /// <summary>A Network PDU with CTL 0 and a TransportPDU of 11 octets.</summary>
        public byte[] Access(int ttl, uint sequence, int source, int destination)
        {
            return Pdu(false, ttl, sequence, source, destination, "0001020304050607080910");
        }

        /// <summary>A proxy configuration message with CTL 1, TTL 0 and DST unassigned.</summary>
        public byte[] Configuration(uint sequence, int source, string message)
        {
            return Secure(Nonce.ProxyType, true, 0, sequence, source, Address.Unassigned, message);
        }

        /// <summary>A PDU of any length, with any nonce and any header.</summary>
        public byte[] Secure(int nonce, bool control, int ttl, uint sequence, int source, int destination, string transport)
        {
            byte[] octets = Hex.Decode(transport);
            _clear[0] = (byte)(destination >> 8);
            _clear[1] = (byte)destination;
            Array.Copy(octets, 0, _clear, 2, octets.Length);
            uint header = ((uint)ttl << 24) | sequence;

            if (control)
            {
                header |= 0x80000000;
            }

            int length = Key.Credentials.Encrypt(header, source, IvIndex, nonce, _clear, 0, 2 + octets.Length, _secured, 0);
            byte[] pdu = new byte[length];
            Array.Copy(_secured, 0, pdu, 0, length);

            return pdu;
        }

        /// <summary>A Secure Network beacon with this peer's IV Index.</summary>
        public byte[] SecureBeacon(int flags)
        {
            byte[] beacon = new byte[SecureNetworkBeacon.Length];
            SecureNetworkBeacon.Encode(Key, flags, IvIndex, beacon, 0, new byte[16]);

            return beacon;
        }

        /// <summary>A Mesh Private beacon with this peer's IV Index.</summary>
        public byte[] PrivateNetworkBeacon(int flags, int random)
        {
            byte[] beacon = new byte[PrivateBeacon.Length];
            byte[] nonce = new byte[PrivateBeacon.RandomSize];
            nonce[0] = (byte)random;
            PrivateBeacon.Encode(Key, flags, IvIndex, nonce, beacon);

            return beacon;
        }

        /// <summary>Reads a Network PDU.</summary>
        /// <returns>Whether it is secured with this peer's key and IV Index.</returns>
        public bool Read(byte[] pdu)
        {
            return Read(pdu, Nonce.NetworkType);
        }

        /// <summary>Reads a Network PDU or a proxy configuration message.</summary>
        public bool Read(byte[] pdu, int nonce)
        {
            NetworkCredentials credentials = Key.Credentials;

            if (pdu[0] != (byte)((IvIndex << 7) | credentials.Nid))
            {
                return false;
            }

            credentials.Deobfuscate(pdu, 0, IvIndex);
            Control = credentials.CtlTtlSeq >= 0x80000000;
            Ttl = (int)(credentials.CtlTtlSeq >> 24) & 0x7F;
            Sequence = credentials.CtlTtlSeq & 0xFFFFFF;
            Source = credentials.Src;

            if (!credentials.Decrypt(pdu, 0, pdu.Length, IvIndex, nonce, _clear, 0))
            {
                return false;
            }

            Destination = (_clear[0] << 8) | _clear[1];
            Transport = Hex.Encode(_clear, 2, pdu.Length - (Control ? 17 : 13));

            return true;
        }
    }
}
