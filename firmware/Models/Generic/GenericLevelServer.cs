using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// The Generic Level Server: something that has a level of -32768 to 32767. See Mesh Model 1.1, sections 3.1.2, 3.2.2 and 3.3.2.
    /// </summary>
    /// <remarks>The level stops at both ends, and does not wrap around.</remarks>
    public sealed class GenericLevelServer : TransitionServer
    {
        private const int Get = 0x8205;
        private const int SetAcknowledged = 0x8206;
        private const int SetUnacknowledged = 0x8207;
        private const int Status = 0x8208;
        private const int DeltaSet = 0x8209;
        private const int DeltaSetUnacknowledged = 0x820A;
        private const int MoveSet = 0x820B;
        private const int MoveSetUnacknowledged = 0x820C;

        private const int Identifier = 0x1002;
        private const int SetSize = 3;
        private const int DeltaSetSize = 5;
        private const int MaxDelta = 0x10000;

        // The state before the delta transaction, in the unit of the state's owner.
        private int _initial;

        // A transaction that messages of somebody else have ended before its time.
        private long _aborted = -1;
        private long _abortedAt;

        /// <param name="client">Is told of each change, or <see langword="null"/>.</param>
        /// <param name="defaultTime">The Generic Default Transition Time of the element, or <see langword="null"/> for none.</param>
        public GenericLevelServer(IStateClient client, GenericDefaultTransitionTimeServer defaultTime)
            : base(Identifier, client, defaultTime)
        {
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            int opcode = message.Opcode;

            if (opcode < Get || opcode > MoveSetUnacknowledged || opcode == Status)
            {
                return ModelVerdict.UnknownOpcode;
            }

            if (opcode == Get)
            {
                if (message.Count != 0)
                {
                    return ModelVerdict.Length;
                }
            }
            else
            {
                bool delta = opcode == DeltaSet || opcode == DeltaSetUnacknowledged;
                ModelVerdict verdict = Check(message, delta ? DeltaSetSize : SetSize);

                if (verdict != ModelVerdict.Accepted)
                {
                    return verdict;
                }

                if (delta)
                {
                    OnDeltaSet(message, now);
                }
                else
                {
                    Abort(TransactionOf(message, SetSize), now);

                    if (!IsRepeated(message, SetSize, now))
                    {
                        OnSet(message, opcode >= MoveSet, now);
                    }
                }
            }

            if (opcode != SetUnacknowledged && opcode != DeltaSetUnacknowledged && opcode != MoveSetUnacknowledged)
            {
                Reply(message, now);
            }

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            return EncodeStatus(Status, payload, 2, State.Present(now) - Zero, State.Target - Zero, now);
        }

        /// <inheritdoc/>
        public override int EncodeKept(byte[] destination, int offset)
        {
            if (IsBound)
            {
                return 0;
            }

            LittleEndian.WriteUInt16(destination, offset, State.Target);

            return 2;
        }

        /// <inheritdoc/>
        public override bool DecodeKept(byte[] source, int offset, int count)
        {
            if (IsBound || count != 2)
            {
                return false;
            }

            State.Restore((short)LittleEndian.ReadUInt16(source, offset));

            return true;
        }

        internal override int Highest
        {
            get { return short.MaxValue; }
        }

        // What a level of 0 is in the unit of the state: a bound state is that much higher.
        private int Zero
        {
            get { return IsBound ? -short.MinValue : 0; }
        }

        internal override int Lowest(int present)
        {
            return short.MinValue;
        }

        internal override int Limit(int value)
        {
            return value < short.MinValue ? short.MinValue : value > short.MaxValue ? short.MaxValue : value;
        }

        private void OnSet(AccessMessage message, bool move, long now)
        {
            int value = (short)LittleEndian.ReadUInt16(message.Buffer, message.Offset);

            if (move)
            {
                Move(message, value, now);
            }
            else
            {
                Change(message, SetSize, State.Owner.Limit(value + Zero), now);
            }
        }

        // Messages of one transaction tell of one change, each of all that was asked for so far. Section 3.3.2.2.3.
        private void OnDeltaSet(AccessMessage message, long now)
        {
            long transaction = TransactionOf(message, DeltaSetSize);

            if (transaction == _aborted && now - _abortedAt < TransactionTime)
            {
                _abortedAt = now;

                return;
            }

            Abort(transaction, now);
            bool repeated = IsRepeated(message, DeltaSetSize, now);
            int delta = LittleEndian.ReadUInt16(message.Buffer, message.Offset) | (LittleEndian.ReadUInt16(message.Buffer, message.Offset + 2) << 16);
            delta = delta > MaxDelta ? MaxDelta : delta < -MaxDelta ? -MaxDelta : delta;

            if (!repeated)
            {
                _initial = State.Present(now);
            }

            // A lamp is not dimmed to off, so that it can be dimmed up again.
            int lowest = State.Owner.Lowest(_initial);
            int target = _initial + delta;
            target = State.Owner.Limit(target < lowest ? lowest : target);

            if (!repeated || target != State.Target)
            {
                Change(message, DeltaSetSize, target, now);
            }
        }

        // Messages with another source or destination end a transaction, and those that still belong to it are ignored: what they add up
        // to is not known any more. Section 3.3.2.2.3.
        private void Abort(long transaction, long now)
        {
            if (LastTransaction >> TransactionBits != transaction >> TransactionBits)
            {
                _aborted = LastTransaction;
                _abortedAt = now;
            }
        }

        // As far as it goes, at a speed of so much in each transition time. Without one, or with a delta of 0, it stops. Section 3.3.2.2.4.
        private void Move(AccessMessage message, int delta, long now)
        {
            int present = State.Present(now);
            long step = State.TimeOf(message, SetSize);

            if (delta == 0 || step == 0)
            {
                State.Change(present, 0, 0, now);

                return;
            }

            int target = delta > 0 ? State.Owner.Highest : State.Owner.Lowest(present);
            long time = (target - present) * step / delta;

            // A range that was narrowed may lie behind.
            if (time < 0)
            {
                target = present;
                time = 0;
            }

            State.Change(target, time, Transition.DelayOf(message, SetSize), now);
        }
    }
}
