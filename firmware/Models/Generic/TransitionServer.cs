using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// What servers have in common whose state changes in transitions: transactions, transition times, and a status with present state,
    /// target and remaining time. See Mesh Model 1.1, sections 1.4.1 and 1.4.2.1.
    /// </summary>
    public abstract class TransitionServer : Model, IKeptState
    {
        /// <summary>Milliseconds after its last message that a transaction ends.</summary>
        protected const int TransactionTime = 6000;

        /// <summary>Bits of the TID in a transaction's number; above them are those of the addresses.</summary>
        protected const int TransactionBits = 8;

        private const int AddressBits = 16;

        private long _transaction = -1;
        private long _transactionAt;

        /// <param name="id">Model identifier.</param>
        /// <param name="client">Is told of each change, or <see langword="null"/>.</param>
        /// <param name="defaultTime">The Generic Default Transition Time of the element, or <see langword="null"/> for none.</param>
        protected TransitionServer(int id, IStateClient client, GenericDefaultTransitionTimeServer defaultTime)
            : base(Sig, id)
        {
            State = new Transition(this, client, defaultTime);
        }

        /// <inheritdoc/>
        public override bool HasPublication
        {
            get { return true; }
        }

        /// <summary>The state, or the one that it is bound to.</summary>
        internal Transition State;

        /// <summary>Whether the state is bound to that of another model.</summary>
        protected bool IsBound
        {
            get { return State.Owner != this; }
        }

        /// <inheritdoc/>
        public override long Tick(long now)
        {
            return IsBound ? long.MaxValue : State.Tick(now);
        }

        /// <inheritdoc/>
        public virtual int EncodeKept(byte[] destination, int offset)
        {
            return 0;
        }

        /// <inheritdoc/>
        public virtual bool DecodeKept(byte[] source, int offset, int count)
        {
            return false;
        }

        /// <summary>The state that stands for on, in this model's unit.</summary>
        internal virtual int On
        {
            get { return 1; }
        }

        /// <summary>The highest state.</summary>
        internal virtual int Highest
        {
            get { return 1; }
        }

        /// <summary>The lowest state that a delta or a move goes to.</summary>
        internal virtual int Lowest(int present)
        {
            return 0;
        }

        /// <summary>The nearest state that is allowed.</summary>
        internal virtual int Limit(int value)
        {
            return value;
        }

        /// <summary>The nearest state that is allowed in the middle of a transition.</summary>
        internal virtual int Between(int value)
        {
            return value;
        }

        /// <summary>A state was reached that is going to last.</summary>
        internal virtual void OnSettled(int value)
        {
        }

        /// <summary>The state has changed or begins to: it is published.</summary>
        internal virtual void OnChanged(long now)
        {
            Node.Access.Publish(this, now);
        }

        /// <summary>Checks the length of a message that may have a transition time and a delay, and the transition time.</summary>
        /// <param name="size">Octets of its parameters in front of them.</param>
        protected static ModelVerdict Check(AccessMessage message, int size)
        {
            if (message.Count == size)
            {
                return ModelVerdict.Accepted;
            }

            if (message.Count != size + 2)
            {
                return ModelVerdict.Length;
            }

            return (message.Buffer[message.Offset + size] & Transition.UnknownSteps) == Transition.UnknownSteps
                ? ModelVerdict.Prohibited
                : ModelVerdict.Accepted;
        }

        /// <summary>The transaction of the last message, -1 before the first.</summary>
        protected long LastTransaction
        {
            get { return _transaction; }
        }

        /// <summary>The number of a message's transaction: SRC, DST and TID.</summary>
        /// <param name="size">Octets of its parameters up to the TID, which is the last of them.</param>
        protected static long TransactionOf(AccessMessage message, int size)
        {
            return ((long)((message.Source << AddressBits) | message.Destination) << TransactionBits) | message.Buffer[message.Offset + size - 1];
        }

        /// <summary>Whether a message belongs to the same transaction as the one before it.</summary>
        /// <param name="size">Octets of its parameters up to the TID, which is the last of them.</param>
        protected bool IsRepeated(AccessMessage message, int size, long now)
        {
            long transaction = TransactionOf(message, size);
            bool repeated = transaction == _transaction && now - _transactionAt < TransactionTime;
            _transaction = transaction;
            _transactionAt = now;

            return repeated;
        }

        /// <summary>Starts the transition that a message wants.</summary>
        /// <param name="size">Octets of its parameters in front of transition time and delay.</param>
        protected void Change(AccessMessage message, int size, int target, long now)
        {
            State.Change(target, State.TimeOf(message, size), Transition.DelayOf(message, size), now);
        }

        /// <summary>Answers a message with the state.</summary>
        protected void Reply(AccessMessage message, long now)
        {
            Node.Access.Reply(message, EncodePublication(Node.Access.Buffer, now), now);
        }

        /// <summary>Writes a status: the present state, and during a transition target and remaining time.</summary>
        /// <param name="size">Octets of a state, 1 or 2.</param>
        /// <returns>Octets written.</returns>
        protected int EncodeStatus(int opcode, byte[] payload, int size, int present, int target, long now)
        {
            int count = Opcode.Encode(opcode, payload);
            long remaining = State.Remaining(now);
            payload[count] = (byte)present;
            payload[count + size - 1] = (byte)(present >> (8 * (size - 1)));
            count += size;

            if (remaining == 0)
            {
                return count;
            }

            payload[count] = (byte)target;
            payload[count + size - 1] = (byte)(target >> (8 * (size - 1)));
            payload[count + size] = (byte)Transition.EncodeTime(remaining);

            return count + size + 1;
        }
    }
}
