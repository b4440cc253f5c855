namespace MeshNode.Access
{
    /// <summary>The Model Publication state. See Mesh Protocol 1.1, section 4.2.3.</summary>
    public sealed class Publication
    {
        /// <summary>Value of <see cref="Ttl"/> for the Default TTL.</summary>
        public const int DefaultTtl = 0xFF;

        private const int StepsMask = 0x3F;
        private const int ResolutionShift = 6;
        private const int RetransmitCountMask = 0x07;
        private const int RetransmitStepShift = 3;
        private const int RetransmitStep = 50;
        private const int MinPeriod = 100;

        private const uint NoLabel = 0xFF;
        private const int LabelShift = 16;
        private const int RetransmitShift = 24;
        private const int TtlShift = 12;
        private const int PeriodShift = 20;
        private const int LeftShift = 28;
        private const uint FreshBit = 0x80000000;

        /// <summary>When the next message is due, of those that the period brings.</summary>
        internal long PeriodAt = long.MaxValue;

        /// <summary>When the next message is due, or the next retransmission.</summary>
        internal long DueAt = long.MaxValue;

        // Publish Address, label and Publish Retransmit; Publish AppKey Index, Publish TTL, Publish Period, retransmissions left, fresh. Packed,
        // because a field takes 12 octets of RAM whatever it holds, and there is a publication for nearly every model.
        private uint _address = NoLabel << LabelShift;
        private uint _parameters;

        /// <summary>Publish Address; unassigned when nothing is published.</summary>
        public int Address
        {
            get { return (ushort)_address; }
            set { _address = (_address & 0xFFFF0000) | (uint)value; }
        }

        /// <summary>Place of the Label UUID when the address is virtual, else <see cref="UpperTransport.LabelTable.None"/>.</summary>
        public int Label
        {
            get
            {
                byte place = (byte)(_address >> LabelShift);

                return place == NoLabel ? UpperTransport.LabelTable.None : place;
            }

            set
            {
                _address = (_address & 0xFF00FFFF) | ((uint)(byte)value << LabelShift);
            }
        }

        /// <summary>Publish Retransmit as in the message: 3 bits of count, 5 of steps of 50 ms less one.</summary>
        public int Retransmit
        {
            get { return (int)(_address >> RetransmitShift); }
            set { _address = (_address & 0x00FFFFFF) | ((uint)value << RetransmitShift); }
        }

        /// <summary>Publish AppKey Index.</summary>
        public int AppKeyIndex
        {
            get { return (int)(_parameters & AccessKey.MaxIndex); }
            set { _parameters = (_parameters & 0xFFFFF000) | (uint)value; }
        }

        /// <summary>Publish TTL: 0x00 to 0x7F or <see cref="DefaultTtl"/>.</summary>
        public int Ttl
        {
            get { return (byte)(_parameters >> TtlShift); }
            set { _parameters = (_parameters & 0xFFF00FFF) | ((uint)value << TtlShift); }
        }

        /// <summary>Publish Period as in the message: 6 bits of steps, 2 of resolution.</summary>
        public int Period
        {
            get { return (byte)(_parameters >> PeriodShift); }
            set { _parameters = (_parameters & 0xF00FFFFF) | ((uint)value << PeriodShift); }
        }

        /// <summary>Retransmissions that are left, 0 to 7.</summary>
        internal int Left
        {
            get { return (int)(_parameters >> LeftShift) & RetransmitCountMask; }
            set { _parameters = (_parameters & 0x8FFFFFFF) | ((uint)value << LeftShift); }
        }

        /// <summary>Whether what is due at <see cref="DueAt"/> is a message and not a retransmission.</summary>
        internal bool Fresh
        {
            get { return (_parameters & FreshBit) != 0; }
            set { _parameters = value ? _parameters | FreshBit : _parameters & ~FreshBit; }
        }

        /// <summary>Milliseconds of the period, 100 at least; 0 for none.</summary>
        /// <param name="divisor">The period is divided by 2 to the power of this.</param>
        public long PeriodTime(int divisor)
        {
            long period = PeriodMilliseconds(Period);
            long divided = period >> divisor;

            return period != 0 && divided < MinPeriod ? MinPeriod : divided;
        }

        /// <summary>Retransmissions of each message, 0 to 7.</summary>
        public int RetransmitCount
        {
            get { return Retransmit & RetransmitCountMask; }
        }

        /// <summary>Milliseconds between them, 50 to 1600.</summary>
        public int RetransmitInterval
        {
            get { return ((Retransmit >> RetransmitStepShift) + 1) * RetransmitStep; }
        }

        /// <summary>Milliseconds of a Publish Period as in the message. See Mesh Protocol 1.1, section 4.2.3.</summary>
        public static long PeriodMilliseconds(int period)
        {
            long steps = period & StepsMask;

            switch (period >> ResolutionShift)
            {
                case 0:
                    return steps * 100;

                case 1:
                    return steps * 1000;

                case 2:
                    return steps * 10000;

                default:
                    return steps * 600000;
            }
        }
    }
}
