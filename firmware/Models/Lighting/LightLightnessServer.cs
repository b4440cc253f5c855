using MeshNode.Access;
using MeshNode.Models.Generic;

namespace MeshNode.Models.Lighting
{
    /// <summary>
    /// The Light Lightness Server: a lamp that can be dimmed. See Mesh Model 1.1, sections 6.1.2, 6.3.1 and 6.4.1.
    /// </summary>
    /// <remarks>
    /// Light Lightness Actual is the state; Linear, Generic Level and Generic OnOff are views of it. A transition goes evenly in Actual,
    /// whichever of them was set. What is not off stays within the range, also on its way.
    /// </remarks>
    public sealed class LightLightnessServer : TransitionServer
    {
        private const int Get = 0x824B;
        private const int SetAcknowledged = 0x824C;
        private const int SetUnacknowledged = 0x824D;
        private const int Status = 0x824E;
        private const int LinearGet = 0x824F;
        private const int LinearSet = 0x8250;
        private const int LinearSetUnacknowledged = 0x8251;
        private const int LinearStatus = 0x8252;
        private const int LastGet = 0x8253;
        private const int LastStatus = 0x8254;
        private const int DefaultGet = 0x8255;
        private const int DefaultStatus = 0x8256;
        private const int RangeGet = 0x8257;
        private const int RangeStatus = 0x8258;

        private const int Identifier = 0x1300;
        private const int SetSize = 3;
        private const int KeptSize = 10;
        private const byte Success = 0x00;

        private readonly GenericPowerOnOffServer _powerOnOff;
        private readonly GenericLevelServer _level;
        private int _last;
        private int _default;
        private int _min;
        private int _max;

        /// <param name="powerOnOff">A Generic Power OnOff Server of the same element; the state of its Generic OnOff Server becomes bound.</param>
        /// <param name="level">A Generic Level Server of the same element; its state becomes bound.</param>
        /// <param name="client">Is told of each change of Light Lightness Actual, or <see langword="null"/>.</param>
        /// <param name="defaultTime">The Generic Default Transition Time of the element, or <see langword="null"/> for none.</param>
        public LightLightnessServer(
            GenericPowerOnOffServer powerOnOff,
            GenericLevelServer level,
            IStateClient client,
            GenericDefaultTransitionTimeServer defaultTime)
            : base(Identifier, client, defaultTime)
        {
            _powerOnOff = powerOnOff;
            _level = level;
            powerOnOff.OnOff.State = State;
            level.State = State;
            ResetSetup();
        }

        /// <inheritdoc/>
        public override int BaseCount
        {
            get { return 2; }
        }

        /// <inheritdoc/>
        public override Model Base(int index)
        {
            return index == 0 ? _powerOnOff : (Model)_level;
        }

        /// <summary>Light Lightness Actual, 0 to 65535.</summary>
        public int Actual(long now)
        {
            return State.Present(now);
        }

        /// <summary>Sets Light Lightness Actual as a message without a transition time does.</summary>
        /// <param name="actual">0 to 65535.</param>
        public void Set(int actual, long now)
        {
            State.Change(Limit(actual), State.DefaultTime, 0, now);
        }

        /// <summary>Light Lightness Linear of a Light Lightness Actual, rounded up. See Mesh Model 1.1, section 6.1.2.2.1.</summary>
        public static int ToLinear(int actual)
        {
            uint square = (uint)actual * (uint)actual;

            return (int)((square + (ushort.MaxValue - 1)) / ushort.MaxValue);
        }

        /// <summary>Light Lightness Actual of a Light Lightness Linear, rounded down. See Mesh Model 1.1, section 6.1.2.1.1.</summary>
        public static int ToActual(int linear)
        {
            uint square = (uint)linear * ushort.MaxValue;
            uint root = 0;

            for (uint bit = 0x8000; bit != 0; bit >>= 1)
            {
                uint larger = root | bit;

                if (larger * larger <= square)
                {
                    root = larger;
                }
            }

            return (int)root;
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            int opcode = message.Opcode;

            switch (opcode)
            {
                case SetAcknowledged:
                case SetUnacknowledged:
                case LinearSet:
                case LinearSetUnacknowledged:
                    return OnSet(message, now);

                case Get:
                case LinearGet:
                case LastGet:
                case DefaultGet:
                case RangeGet:
                    if (message.Count != 0)
                    {
                        return ModelVerdict.Length;
                    }

                    break;

                default:
                    return ModelVerdict.UnknownOpcode;
            }

            switch (opcode)
            {
                case Get:
                    Reply(message, now);
                    break;

                case LinearGet:
                    ReplyLinear(message, now);
                    break;

                case LastGet:
                    Reply(message, LastStatus, _last, now);
                    break;

                case DefaultGet:
                    ReplyDefault(message, now);
                    break;

                default:
                    ReplyRange(message, now);
                    break;
            }

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            return EncodeStatus(Status, payload, 2, State.Present(now), State.Target, now);
        }

        /// <inheritdoc/>
        public override void OnReset(long now)
        {
            ResetSetup();
        }

        /// <inheritdoc/>
        public override int EncodeKept(byte[] destination, int offset)
        {
            LittleEndian.WriteUInt16(destination, offset, State.Target);
            LittleEndian.WriteUInt16(destination, offset + 2, _last);
            LittleEndian.WriteUInt16(destination, offset + 4, _default);
            LittleEndian.WriteUInt16(destination, offset + 6, _min);
            LittleEndian.WriteUInt16(destination, offset + 8, _max);

            return KeptSize;
        }

        /// <inheritdoc/>
        public override bool DecodeKept(byte[] source, int offset, int count)
        {
            if (count != KeptSize || !SetRange(LittleEndian.ReadUInt16(source, offset + 6), LittleEndian.ReadUInt16(source, offset + 8)))
            {
                return false;
            }

            State.Restore(LittleEndian.ReadUInt16(source, offset));
            _last = LittleEndian.ReadUInt16(source, offset + 2);
            _default = LittleEndian.ReadUInt16(source, offset + 4);

            return true;
        }

        // Section 6.1.2.2.3: binding with Generic OnOff.
        internal override int On
        {
            get { return Limit(_default != 0 ? _default : _last); }
        }

        internal override int Highest
        {
            get { return _max; }
        }

        /// <summary>Sets Light Lightness Default.</summary>
        internal void SetDefault(int value)
        {
            _default = value;
        }

        /// <summary>Sets Light Lightness Range.</summary>
        /// <returns><see langword="false"/> when there is no such range.</returns>
        internal bool SetRange(int min, int max)
        {
            if (min == 0 || max < min)
            {
                return false;
            }

            _min = min;
            _max = max;

            return true;
        }

        internal void ReplyDefault(AccessMessage message, long now)
        {
            Reply(message, DefaultStatus, _default, now);
        }

        internal void ReplyRange(AccessMessage message, long now)
        {
            byte[] buffer = Node.Access.Buffer;
            int count = Opcode.Encode(RangeStatus, buffer);
            buffer[count] = Success;
            LittleEndian.WriteUInt16(buffer, count + 1, _min);
            LittleEndian.WriteUInt16(buffer, count + 3, _max);
            Node.Access.Reply(message, count + 5, now);
        }

        // A lamp is not dimmed to off, and one that is off stays so.
        internal override int Lowest(int present)
        {
            return present == 0 ? 0 : _min;
        }

        // Section 6.1.2.2.5: binding with Light Lightness Range.
        internal override int Limit(int value)
        {
            return value <= 0 ? 0 : value < _min ? _min : value > _max ? _max : value;
        }

        internal override int Between(int value)
        {
            return value < _min ? _min : value;
        }

        // Section 6.1.2.3: the last state that was not off.
        internal override void OnSettled(int value)
        {
            if (value != 0)
            {
                _last = value;
            }
        }

        internal override void OnChanged(long now)
        {
            AccessLayer access = Node.Access;
            access.Publish(_powerOnOff.OnOff, now);
            access.Publish(_level, now);
            access.Publish(this, now);
        }

        private ModelVerdict OnSet(AccessMessage message, long now)
        {
            ModelVerdict verdict = Check(message, SetSize);

            if (verdict != ModelVerdict.Accepted)
            {
                return verdict;
            }

            int opcode = message.Opcode;
            int value = LittleEndian.ReadUInt16(message.Buffer, message.Offset);

            if (!IsRepeated(message, SetSize, now))
            {
                Change(message, SetSize, Limit(opcode >= LinearSet ? ToActual(value) : value), now);
            }

            if (opcode == SetAcknowledged)
            {
                Reply(message, now);
            }
            else if (opcode == LinearSet)
            {
                ReplyLinear(message, now);
            }

            return ModelVerdict.Accepted;
        }

        private void ReplyLinear(AccessMessage message, long now)
        {
            AccessLayer access = Node.Access;
            int count = EncodeStatus(LinearStatus, access.Buffer, 2, ToLinear(State.Present(now)), ToLinear(State.Target), now);
            access.Reply(message, count, now);
        }

        private void Reply(AccessMessage message, int opcode, int value, long now)
        {
            byte[] buffer = Node.Access.Buffer;
            int count = Opcode.Encode(opcode, buffer);
            LittleEndian.WriteUInt16(buffer, count, value);
            Node.Access.Reply(message, count + 2, now);
        }

        private void ResetSetup()
        {
            _last = ushort.MaxValue;
            _default = 0;
            _min = 1;
            _max = ushort.MaxValue;
        }
    }
}
