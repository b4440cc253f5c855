using MeshNode.Access;
using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// The Health Server: faults of an element, self-tests, and a way to make it noticed. See Mesh Protocol 1.1, sections 4.2.16, 4.2.17, 4.3.3 and 4.4.3.
    /// </summary>
    /// <remarks>
    /// A fault is current as long as it is there, and registered until a client clears it. Both are marks on one list of fixed length; a fault
    /// that finds no place is not taken. The node has a fault of its own: <see cref="ReplayListFull"/>. Faults are those of the company in the composition.
    /// </remarks>
    public sealed class HealthServer : Model, IKeptState
    {
        /// <summary>
        /// The fault of a node that had to refuse a source because the replay protection list is full: Memory Warning. It is current until the list has room.
        /// </summary>
        public const int ReplayListFull = 0x17;

        /// <summary>
        /// The fault of a node that cannot write to its storage: Memory Error. It is current until a write succeeds; until then the node falls silent
        /// when the SEQ are used up that are reserved.
        /// </summary>
        public const int StorageFailed = 0x18;

        private const int CurrentStatus = 0x04;
        private const int FaultStatus = 0x05;
        private const int AttentionGet = 0x8004;
        private const int AttentionSet = 0x8005;
        private const int AttentionSetUnacknowledged = 0x8006;
        private const int AttentionStatus = 0x8007;
        private const int FaultClear = 0x802F;
        private const int FaultClearUnacknowledged = 0x8030;
        private const int FaultGet = 0x8031;
        private const int FaultTest = 0x8032;
        private const int FaultTestUnacknowledged = 0x8033;
        private const int PeriodGet = 0x8034;
        private const int PeriodSet = 0x8035;
        private const int PeriodSetUnacknowledged = 0x8036;
        private const int PeriodStatus = 0x8037;

        private const int Identifier = 0x0002;
        private const int MaxDivisor = 15;
        private const int Second = 1000;

        private readonly IHealthClient _client;
        private readonly byte[] _faults;
        private uint _current;
        private uint _registered;
        private int _testId;
        private int _divisor;
        private uint _refused;

        // 0 when no attention is wanted.
        private long _attentionUntil;

        /// <param name="client">The application, or <see langword="null"/>: there are no tests then.</param>
        /// <param name="capacity">Faults that it can hold, 1 to 32.</param>
        public HealthServer(IHealthClient client, int capacity)
            : base(Sig, Identifier)
        {
            _client = client;
            _faults = new byte[capacity];
        }

        /// <inheritdoc/>
        public override bool HasPublication
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override int PeriodDivisor
        {
            get { return _current == 0 ? 0 : _divisor; }
        }

        /// <summary>There is a fault.</summary>
        /// <param name="fault">0x01 to 0x7F as in Assigned Numbers, 0x80 to 0xFF as the maker says.</param>
        /// <returns><see langword="false"/> when there is no room for it.</returns>
        public bool SetFault(int fault, long now)
        {
            int place = Find(fault);

            for (int i = 0; i < _faults.Length && place < 0; i++)
            {
                if (((_current | _registered) & (1u << i)) == 0)
                {
                    place = i;
                }
            }

            if (place < 0)
            {
                return false;
            }

            _faults[place] = (byte)fault;
            _registered |= 1u << place;
            SetCurrent(_current | (1u << place), now);

            return true;
        }

        /// <summary>A fault is there no more. It stays registered.</summary>
        public void ClearFault(int fault, long now)
        {
            int place = Find(fault);

            if (place >= 0)
            {
                SetCurrent(_current & ~(1u << place), now);
            }
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            int size;

            switch (message.Opcode)
            {
                case AttentionGet:
                case PeriodGet:
                    size = 0;
                    break;

                case AttentionSet:
                case AttentionSetUnacknowledged:
                case PeriodSet:
                case PeriodSetUnacknowledged:
                    size = 1;
                    break;

                case FaultGet:
                case FaultClear:
                case FaultClearUnacknowledged:
                    size = 2;
                    break;

                case FaultTest:
                case FaultTestUnacknowledged:
                    size = 3;
                    break;

                default:
                    return ModelVerdict.UnknownOpcode;
            }

            if (message.Count != size)
            {
                return ModelVerdict.Length;
            }

            return message.Opcode >= FaultClear && message.Opcode <= FaultTestUnacknowledged ? OnFaultMessage(message, now) : OnValueMessage(message, now);
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            return EncodeFaults(CurrentStatus, _current, payload);
        }

        /// <inheritdoc/>
        public override long Tick(long now)
        {
            TickMemory(now);

            if (_attentionUntil == 0)
            {
                return long.MaxValue;
            }

            if (now >= _attentionUntil)
            {
                SetAttention(0, now);

                return long.MaxValue;
            }

            return _attentionUntil;
        }

        /// <inheritdoc/>
        public override void OnReset(long now)
        {
            TickMemory(now);
            _registered = _current;
            _testId = 0;
            _divisor = 0;

            if (_attentionUntil != 0)
            {
                SetAttention(0, now);
            }
        }

        /// <inheritdoc/>
        public int EncodeKept(byte[] destination, int offset)
        {
            destination[offset] = (byte)_divisor;

            return 1;
        }

        /// <inheritdoc/>
        public bool DecodeKept(byte[] source, int offset, int count)
        {
            if (count != 1 || source[offset] > MaxDivisor)
            {
                return false;
            }

            _divisor = source[offset];

            return true;
        }

        // Messages for other companies, and for tests that there are not, are ignored. Section 4.4.3.2.2.
        private ModelVerdict OnFaultMessage(AccessMessage message, long now)
        {
            if (LittleEndian.ReadUInt16(message.Buffer, message.Offset + message.Count - 2) != Node.Access.Composition.Company)
            {
                return ModelVerdict.Prohibited;
            }

            if (message.Opcode == FaultTest || message.Opcode == FaultTestUnacknowledged)
            {
                int testId = message.Buffer[message.Offset];

                if (_client == null || !_client.RunTest(testId, now))
                {
                    return ModelVerdict.Prohibited;
                }

                _testId = testId;
            }
            else if (message.Opcode != FaultGet)
            {
                _registered = 0;
            }

            if (message.Opcode != FaultClearUnacknowledged && message.Opcode != FaultTestUnacknowledged)
            {
                Node.Access.Reply(message, EncodeFaults(FaultStatus, _registered, Node.Access.Buffer), now);
            }

            return ModelVerdict.Accepted;
        }

        // The messages of Health Fast Period Divisor and Attention Timer.
        private ModelVerdict OnValueMessage(AccessMessage message, long now)
        {
            int opcode = message.Opcode;
            bool period = opcode >= PeriodGet;

            if (message.Count != 0)
            {
                int value = message.Buffer[message.Offset];

                if (!period)
                {
                    SetAttention(value, now);
                }
                else if (value > MaxDivisor)
                {
                    return ModelVerdict.Prohibited;
                }
                else
                {
                    _divisor = value;
                    KeepState(now);
                    RestartPeriod(now);
                }
            }

            if (opcode != AttentionSetUnacknowledged && opcode != PeriodSetUnacknowledged)
            {
                byte[] buffer = Node.Access.Buffer;
                int count = Opcode.Encode(period ? PeriodStatus : AttentionStatus, buffer);
                buffer[count] = (byte)(period ? _divisor : Attention(now));
                Node.Access.Reply(message, count + 1, now);
            }

            return ModelVerdict.Accepted;
        }

        private int EncodeFaults(int opcode, uint faults, byte[] payload)
        {
            int count = Opcode.Encode(opcode, payload);
            payload[count] = (byte)_testId;
            LittleEndian.WriteUInt16(payload, count + 1, Node.Access.Composition.Company);
            count += 3;

            for (int i = 0; i < _faults.Length; i++)
            {
                if ((faults & (1u << i)) != 0)
                {
                    payload[count++] = _faults[i];
                }
            }

            return count;
        }

        private int Find(int fault)
        {
            for (int i = 0; i < _faults.Length; i++)
            {
                if (_faults[i] == fault && ((_current | _registered) & (1u << i)) != 0)
                {
                    return i;
                }
            }

            return -1;
        }

        private void SetCurrent(uint current, long now)
        {
            if (current == _current)
            {
                return;
            }

            bool fast = (current == 0) != (_current == 0);
            _current = current;

            if (fast)
            {
                RestartPeriod(now);
            }

            Node.Access.Publish(this, now);
        }

        private void RestartPeriod(long now)
        {
            if (Publication != null)
            {
                Node.Access.OnPublicationChanged(this, now);
            }
        }

        private void SetAttention(int seconds, long now)
        {
            _attentionUntil = seconds == 0 ? 0 : now + seconds * Second;

            if (_client != null)
            {
                _client.OnAttention(seconds, now);
            }
        }

        private int Attention(long now)
        {
            return _attentionUntil <= now ? 0 : (int)((_attentionUntil - now + Second - 1) / Second);
        }

        // The counter is looked at here, because it takes no calls from below. It matters for the primary element only.
        private void TickMemory(long now)
        {
            if (Element.Index != 0)
            {
                return;
            }

            if (Node.Store != null && Node.Store.HasFailed)
            {
                SetFault(StorageFailed, now);
            }
            else if (_current != 0)
            {
                ClearFault(StorageFailed, now);
            }

            uint refused = Node.LowerTransport.Count(LowerTransportVerdict.ReplayListFull);

            if (refused != _refused)
            {
                _refused = refused;
                SetFault(ReplayListFull, now);
            }
            else if (_current != 0 && Node.Stack.Replay.Count < Node.ReplaySources)
            {
                ClearFault(ReplayListFull, now);
            }
        }
    }
}
