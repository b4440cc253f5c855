using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// The Generic Default Transition Time Server: how long transitions take when a message does not say. See Mesh Model 1.1, sections 3.1.3, 3.2.3 and 3.3.3.
    /// </summary>
    public sealed class GenericDefaultTransitionTimeServer : Model, IKeptState
    {
        private const int Get = 0x820D;
        private const int SetAcknowledged = 0x820E;
        private const int SetUnacknowledged = 0x820F;
        private const int Status = 0x8210;

        private const int Identifier = 0x1004;

        private int _time;

        /// <summary>The state starts with 0: none.</summary>
        public GenericDefaultTransitionTimeServer()
            : base(Sig, Identifier)
        {
        }

        /// <inheritdoc/>
        public override bool HasPublication
        {
            get { return true; }
        }

        /// <summary>The state as in the message: 6 bits of steps, 2 of resolution.</summary>
        public int TransitionTime
        {
            get { return _time; }
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            int opcode = message.Opcode;

            if (opcode == SetAcknowledged || opcode == SetUnacknowledged)
            {
                if (message.Count != 1)
                {
                    return ModelVerdict.Length;
                }

                int time = message.Buffer[message.Offset];

                if (!IsValid(time))
                {
                    return ModelVerdict.Prohibited;
                }

                if (time != _time)
                {
                    _time = time;
                    KeepState(now);
                    Node.Access.Publish(this, now);
                }
            }
            else if (opcode != Get)
            {
                return ModelVerdict.UnknownOpcode;
            }
            else if (message.Count != 0)
            {
                return ModelVerdict.Length;
            }

            if (opcode != SetUnacknowledged)
            {
                Node.Access.Reply(message, EncodePublication(Node.Access.Buffer, now), now);
            }

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            int count = Opcode.Encode(Status, payload);
            payload[count] = (byte)_time;

            return count + 1;
        }

        /// <inheritdoc/>
        public override void OnReset(long now)
        {
            _time = 0;
        }

        /// <inheritdoc/>
        public int EncodeKept(byte[] destination, int offset)
        {
            destination[offset] = (byte)_time;

            return 1;
        }

        /// <inheritdoc/>
        public bool DecodeKept(byte[] source, int offset, int count)
        {
            if (count != 1 || !IsValid(source[offset]))
            {
                return false;
            }

            _time = source[offset];

            return true;
        }

        private static bool IsValid(int time)
        {
            return (time & Transition.UnknownSteps) != Transition.UnknownSteps;
        }
    }
}
