using System;

namespace MeshNode.Network
{
    /// <summary>What the node sends to itself, until it is delivered. A full queue refuses.</summary>
    internal sealed class LoopbackQueue
    {
        private readonly NetworkPdu[] _pdus;
        private int _first;
        private int _count;

        public LoopbackQueue(int capacity)
        {
            _pdus = new NetworkPdu[capacity];

            for (int i = 0; i < capacity; i++)
            {
                _pdus[i] = new NetworkPdu();
            }
        }

        public bool IsEmpty
        {
            get { return _count == 0; }
        }

        public bool IsFull
        {
            get { return _count == _pdus.Length; }
        }

        /// <summary>The place behind the last PDU, for the caller to fill before <see cref="Append"/>.</summary>
        public NetworkPdu Free
        {
            get { return _pdus[(_first + _count) % _pdus.Length]; }
        }

        public NetworkPdu First
        {
            get { return _pdus[_first]; }
        }

        public void Append()
        {
            _count++;
        }

        public void RemoveFirst()
        {
            Array.Clear(_pdus[_first].Payload, 0, NetworkPdu.MaxLength);
            _first = (_first + 1) % _pdus.Length;
            _count--;
        }
    }
}
