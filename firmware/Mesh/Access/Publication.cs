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

        /// <summary>Publish Address; unassigned when nothing is published.</summary>
        public int Address;

        /// <summary>Place of the Label UUID when the address is virtual, else <see cref="UpperTransport.LabelTable.None"/>.</summary>
        public int Label = UpperTransport.LabelTable.None;

        /// <summary>Publish AppKey Index.</summary>
        public int AppKeyIndex;

        /// <summary>Publish Friendship Credentials Flag.</summary>
        public bool FriendshipCredentials;

        /// <summary>Publish TTL: 0x00 to 0x7F or <see cref="DefaultTtl"/>.</summary>
        public int Ttl;

        /// <summary>Publish Period as in the message: 6 bits of steps, 2 of resolution.</summary>
        public int Period;

        /// <summary>Publish Retransmit as in the message: 3 bits of count, 5 of steps of 50 ms less one.</summary>
        public int Retransmit;

        /// <summary>When the next message is due, of those that the period brings.</summary>
        internal long PeriodAt = long.MaxValue;

        /// <summary>When the next message is due, or the next retransmission.</summary>
        internal long DueAt = long.MaxValue;

        /// <summary>Retransmissions that are left.</summary>
        internal int Left;

        /// <summary>Whether what is due at <see cref="DueAt"/> is a message and not a retransmission.</summary>
        internal bool Fresh;

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
