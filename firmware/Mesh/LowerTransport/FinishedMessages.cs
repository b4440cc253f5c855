using System;

namespace MeshNode.LowerTransport
{
    /// <summary>
    /// The segmented messages that were received last, or given up: further segments of theirs are recognised. See Mesh Protocol 1.1, section 3.5.3.4.
    /// </summary>
    /// <remarks>The oldest gives way. 14 octets a message.</remarks>
    internal sealed class FinishedMessages
    {
        private const int Capacity = 8;
        private const int SequenceBits = 24;
        private const int CompleteBit = 0x80;
        private const int StateBits = 8;
        private const int StateMask = 0xFF;

        private readonly ushort[] _sources = new ushort[Capacity];

        // IV Index and SeqAuth, above SegN and whether the message was received.
        private readonly ulong[] _messages = new ulong[Capacity];

        // On the node's clock, the lower 32 bits: 49 days.
        private readonly int[] _acknowledgedAt = new int[Capacity];
        private int _next;

        /// <summary>The place of a message, or -1.</summary>
        public int Find(int source, uint ivIndex, uint seqAuth)
        {
            ulong number = Number(ivIndex, seqAuth);

            for (int i = 0; i < Capacity; i++)
            {
                if (_sources[i] == source && _messages[i] >> StateBits == number)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Remembers a message.</summary>
        /// <param name="complete">Whether it was received, and not given up.</param>
        public void Add(int source, uint ivIndex, uint seqAuth, int segN, bool complete, long now)
        {
            _sources[_next] = (ushort)source;
            uint state = (uint)(complete ? segN | CompleteBit : segN);
            _messages[_next] = (Number(ivIndex, seqAuth) << StateBits) | state;
            _acknowledgedAt[_next] = (int)now;
            _next = (_next + 1) % Capacity;
        }

        /// <summary>Whether the message at a place was received.</summary>
        public bool IsComplete(int place)
        {
            return State(place) >= CompleteBit;
        }

        /// <summary>SegN of the message at a place.</summary>
        public int SegN(int place)
        {
            return State(place) & ~CompleteBit;
        }

        /// <summary>Whether it was not acknowledged within the last milliseconds; if so, it is taken to be now.</summary>
        public bool MayAcknowledge(int place, int interval, long now)
        {
            if ((uint)((int)now - _acknowledgedAt[place]) < interval)
            {
                return false;
            }

            _acknowledgedAt[place] = (int)now;

            return true;
        }

        /// <summary>Forgets all messages.</summary>
        public void Clear()
        {
            Array.Clear(_sources, 0, Capacity);
        }

        private int State(int place)
        {
            return (int)_messages[place] & StateMask;
        }

        private static ulong Number(uint ivIndex, uint seqAuth)
        {
            ulong number = ivIndex;

            return (number << SequenceBits) | seqAuth;
        }
    }
}
