using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// The Generic Power OnOff Server: what becomes of the Generic OnOff state, and of those bound to it, when power comes. See Mesh Model 1.1,
    /// sections 3.1.4, 3.2.4 and 3.3.4.
    /// </summary>
    public sealed class GenericPowerOnOffServer : Model, IKeptState
    {
        /// <summary>Value of <see cref="OnPowerUp"/>: off.</summary>
        public const int Off = 0;

        /// <summary>Value of <see cref="OnPowerUp"/>: on, with default values.</summary>
        public const int Default = 1;

        /// <summary>Value of <see cref="OnPowerUp"/>: as it was, and where a transition was going to.</summary>
        public const int Restore = 2;

        private const int Get = 0x8211;
        private const int Status = 0x8212;

        private const int Identifier = 0x1006;

        private int _onPowerUp;

        /// <param name="onOff">The server whose state it is about, of the same element.</param>
        public GenericPowerOnOffServer(GenericOnOffServer onOff)
            : base(Sig, Identifier)
        {
            OnOff = onOff;
        }

        /// <inheritdoc/>
        public override int BaseCount
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public override bool HasPublication
        {
            get { return true; }
        }

        /// <summary>The Generic OnPowerUp state: <see cref="Off"/>, <see cref="Default"/> or <see cref="Restore"/>.</summary>
        public int OnPowerUp
        {
            get { return _onPowerUp; }
        }

        /// <summary>The server whose state it is about.</summary>
        internal readonly GenericOnOffServer OnOff;

        /// <summary>Goes to the state that the kept states ask for, in the default transition time.</summary>
        public override void OnPoweredUp(long now)
        {
            Transition state = OnOff.State;
            int target = _onPowerUp == Off ? 0 : _onPowerUp == Default ? state.Owner.On : state.Target;
            state.Restore(0);
            state.Change(target, state.DefaultTime, 0, now);
        }

        /// <inheritdoc/>
        public override Model Base(int index)
        {
            return OnOff;
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            if (message.Opcode != Get)
            {
                return ModelVerdict.UnknownOpcode;
            }

            if (message.Count != 0)
            {
                return ModelVerdict.Length;
            }

            Reply(message, now);

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            int count = Opcode.Encode(Status, payload);
            payload[count] = (byte)_onPowerUp;

            return count + 1;
        }

        /// <inheritdoc/>
        public override void OnReset(long now)
        {
            _onPowerUp = Off;
        }

        /// <inheritdoc/>
        public int EncodeKept(byte[] destination, int offset)
        {
            destination[offset] = (byte)_onPowerUp;

            return 1;
        }

        /// <inheritdoc/>
        public bool DecodeKept(byte[] source, int offset, int count)
        {
            if (count != 1 || source[offset] > Restore)
            {
                return false;
            }

            _onPowerUp = source[offset];

            return true;
        }

        internal void Set(int onPowerUp, long now)
        {
            if (onPowerUp != _onPowerUp)
            {
                _onPowerUp = onPowerUp;
                KeepState(now);
                Node.Access.Publish(this, now);
            }
        }

        internal void Reply(AccessMessage message, long now)
        {
            Node.Access.Reply(message, EncodePublication(Node.Access.Buffer, now), now);
        }
    }
}
