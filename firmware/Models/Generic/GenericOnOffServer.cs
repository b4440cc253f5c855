using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// The Generic OnOff Server: something that is on or off. See Mesh Model 1.1, sections 3.1.1, 3.2.1 and 3.3.1.
    /// </summary>
    /// <remarks>A transition to on is seen from its beginning, one to off only at its end.</remarks>
    public sealed class GenericOnOffServer : TransitionServer
    {
        internal const int Get = 0x8201;
        internal const int SetAcknowledged = 0x8202;
        internal const int SetUnacknowledged = 0x8203;
        internal const int Status = 0x8204;

        private const int Identifier = 0x1000;
        private const int SetSize = 2;

        /// <param name="client">Is told of each change, or <see langword="null"/>.</param>
        /// <param name="defaultTime">The Generic Default Transition Time of the element, or <see langword="null"/> for none.</param>
        public GenericOnOffServer(IStateClient client, GenericDefaultTransitionTimeServer defaultTime)
            : base(Identifier, client, defaultTime)
        {
        }

        /// <summary>Whether it is on.</summary>
        public bool IsOn(long now)
        {
            return State.Present(now) != 0;
        }

        /// <summary>Turns it on or off as a message without a transition time does.</summary>
        public void Set(bool on, long now)
        {
            State.Change(on ? State.Owner.On : 0, State.DefaultTime, 0, now);
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            int opcode = message.Opcode;

            if (opcode == SetAcknowledged || opcode == SetUnacknowledged)
            {
                ModelVerdict verdict = Check(message, SetSize);

                if (verdict != ModelVerdict.Accepted)
                {
                    return verdict;
                }

                int on = message.Buffer[message.Offset];

                if (on > 1)
                {
                    return ModelVerdict.Prohibited;
                }

                if (!IsRepeated(message, SetSize, now))
                {
                    Change(message, SetSize, on == 0 ? 0 : State.Owner.On, now);
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
                Reply(message, now);
            }

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            return EncodeStatus(Status, payload, 1, State.Present(now) == 0 ? 0 : 1, State.Target == 0 ? 0 : 1, now);
        }

        /// <inheritdoc/>
        public override int EncodeKept(byte[] destination, int offset)
        {
            if (IsBound)
            {
                return 0;
            }

            destination[offset] = (byte)State.Target;

            return 1;
        }

        /// <inheritdoc/>
        public override bool DecodeKept(byte[] source, int offset, int count)
        {
            if (IsBound || count != 1 || source[offset] > 1)
            {
                return false;
            }

            State.Restore(source[offset]);

            return true;
        }

        internal override int Between(int value)
        {
            return 1;
        }
    }
}
