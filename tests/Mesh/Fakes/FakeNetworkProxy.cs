using System;
using MeshNode.Network;

namespace MeshNode.Fakes
{
    /// <summary>Proxy clients that take everything, or what a test says. Keeps the last PDU. Allocates in its constructor only.</summary>
    internal sealed class FakeNetworkProxy : INetworkProxy
    {
        /// <summary>What Match answers.</summary>
        public RelayVerdict Answer = RelayVerdict.Relayed;

        public int Matches;
        public int LastDestination;
        public int LastExcept;

        /// <summary>PDUs forwarded.</summary>
        public int Count;

        public bool LastOwn;
        public int Sources;
        public int LastConnection;
        public int LastSource;

        private readonly byte[] _last = new byte[NetworkPdu.MaxLength];
        private int _lastLength;

        /// <summary>A copy of the PDU that was forwarded last.</summary>
        public byte[] LastPdu
        {
            get
            {
                byte[] pdu = new byte[_lastLength];
                Array.Copy(_last, 0, pdu, 0, _lastLength);

                return pdu;
            }
        }

        public RelayVerdict Match(int destination, int except)
        {
            Matches++;
            LastDestination = destination;
            LastExcept = except;

            return Answer;
        }

        public void Forward(byte[] pdu, int count, bool own)
        {
            Array.Copy(pdu, 0, _last, 0, count);
            _lastLength = count;
            LastOwn = own;
            Count++;
        }

        public void OnClientSource(int connection, int source)
        {
            LastConnection = connection;
            LastSource = source;
            Sources++;
        }
    }
}
