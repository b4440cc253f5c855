namespace MeshNode.Network
{
    /// <summary>
    /// The IV Index with the IV Update and IV Index Recovery procedures. See Mesh Protocol 1.1, sections 3.11.5 and 3.11.6.
    /// </summary>
    /// <remarks>
    /// <see cref="Decide"/> is the whole rule as a function of everything it depends on; the rest of the class keeps that.
    /// Two answers go beyond the letter of the specification: a beacon with this node's IV Index and the flag of an update that is
    /// complete is a recording and moves nothing, and a node of the primary subnet takes nothing but Key Refresh from
    /// beacons of other subnets.
    /// </remarks>
    public sealed class IvIndex
    {
        /// <summary>Milliseconds in an hour.</summary>
        public const long Hour = 3600000;

        /// <summary>Least time in either state, in milliseconds: 96 hours.</summary>
        public const long MinStateTime = 96 * Hour;

        /// <summary>Least time between two IV Index Recoveries, in milliseconds: 192 hours.</summary>
        public const long MinRecoveryTime = 192 * Hour;

        /// <summary>How far an IV Index Recovery may reach.</summary>
        public const int MaxStep = 42;

        private const int UpdateFlag = 1;
        private const int TestFlag = 2;
        private const int SegmentedFlag = 4;
        private const int DeferredFlag = 8;
        private const int HoursBits = 8;
        private const int HoursMask = 0xFF;

        /// <summary>Whoever wants to be told of changes, or <see langword="null"/>.</summary>
        public IIvIndexClient Client;

        private uint _current;
        private long _recoveredAt;
        private int _flags;

        // When this node has entered its state, and since when that state counts for what beacons say: a node that has joined
        // during an update, or recovered, has come late.
        private long _enteredAt;
        private long _stateSince;

        /// <summary>The current IV Index, as beacons tell it. It and the one before are received.</summary>
        public uint Current
        {
            get { return _current; }
        }

        /// <summary>The IV Index to transmit with: during an update the one before the current.</summary>
        public uint TransmitIndex
        {
            get { return HasFlag(UpdateFlag) && _current != 0 ? _current - 1 : _current; }
        }

        /// <summary>The IV Update Flag.</summary>
        public bool UpdateInProgress
        {
            get { return HasFlag(UpdateFlag); }
        }

        /// <summary>The IV Update test mode, in which the 96 hours do not count. See Mesh Protocol 1.1, section 3.11.5.1.</summary>
        public bool TestMode
        {
            get { return HasFlag(TestFlag); }
            set { SetFlag(TestFlag, value); }
        }

        /// <summary>Set by the transport layer while a segmented message waits for its acknowledgment: it must end with the IV Index it began with.</summary>
        public bool SegmentedTransmission
        {
            get { return HasFlag(SegmentedFlag); }
            set { SetFlag(SegmentedFlag, value); }
        }

        /// <summary>
        /// Sets the IV Index that the node was given when it joined its network. How long the network has been in its state is not known:
        /// the 96 hours begin with the first transition that the node sees, as with Zephyr and BlueZ.
        /// </summary>
        /// <param name="current">The current IV Index.</param>
        /// <param name="updateInProgress">Whether the IV Update procedure is in progress.</param>
        /// <param name="now">Milliseconds on the node's clock.</param>
        public void Set(uint current, bool updateInProgress, long now)
        {
            _current = current;
            SetFlag(UpdateFlag, updateInProgress);
            _enteredAt = now;
            _stateSince = now - MinStateTime;
            _recoveredAt = now - MinRecoveryTime;
            SetFlag(DeferredFlag, false);
        }

        /// <summary>Takes over what was kept.</summary>
        /// <param name="current">The current IV Index.</param>
        /// <param name="updateInProgress">Whether the IV Update procedure is in progress.</param>
        /// <param name="hours">As <see cref="Hours"/> told them.</param>
        public void Restore(uint current, bool updateInProgress, int hours, long now)
        {
            _current = current;
            SetFlag(UpdateFlag, updateInProgress);
            _enteredAt = now - (hours & HoursMask) * Hour;
            _stateSince = now - ((hours >> HoursBits) & HoursMask) * Hour;
            _recoveredAt = now - (hours >> (2 * HoursBits)) * Hour;
            SetFlag(DeferredFlag, false);
        }

        /// <summary>
        /// Hours that count, rounded down: in the state, 0 to 96; in the state as beacons are judged, 0 to 96, in the next 8 bits; since the
        /// last IV Index Recovery, 0 to 192, above them.
        /// </summary>
        public int Hours(long now)
        {
            return HoursSince(_enteredAt, MinStateTime, now)
                | (HoursSince(_stateSince, MinStateTime, now) << HoursBits)
                | (HoursSince(_recoveredAt, MinRecoveryTime, now) << (2 * HoursBits));
        }

        /// <summary>
        /// The decision table of IV Update and IV Index Recovery.
        /// </summary>
        /// <param name="current">IV Index of this node.</param>
        /// <param name="updateInProgress">State of this node.</param>
        /// <param name="received">IV Index of the beacon.</param>
        /// <param name="updateFlag">IV Update Flag of the beacon.</param>
        /// <param name="authoritative">Whether the beacon is one of the primary subnet, or this node does not belong to that.</param>
        /// <param name="timeInState">Milliseconds this node has been in its state.</param>
        /// <param name="timeSinceRecovery">Milliseconds since the last IV Index Recovery.</param>
        /// <param name="testMode">Whether the 96 hours do not count.</param>
        /// <param name="segmentedTransmission">Whether the end of an update must wait.</param>
        public static IvIndexVerdict Decide(
            uint current,
            bool updateInProgress,
            uint received,
            bool updateFlag,
            bool authoritative,
            long timeInState,
            long timeSinceRecovery,
            bool testMode,
            bool segmentedTransmission)
        {
            if (!authoritative)
            {
                return IvIndexVerdict.NotPrimary;
            }

            if (received < current)
            {
                return IvIndexVerdict.Lower;
            }

            uint step = received - current;

            if (step > MaxStep)
            {
                return IvIndexVerdict.TooHigh;
            }

            bool mayChange = testMode || timeInState >= MinStateTime;

            if (step == 0)
            {
                if (updateFlag == updateInProgress)
                {
                    return IvIndexVerdict.Unchanged;
                }

                if (updateFlag)
                {
                    return IvIndexVerdict.Stale;
                }

                if (!mayChange)
                {
                    return IvIndexVerdict.TooEarly;
                }

                return segmentedTransmission ? IvIndexVerdict.Deferred : IvIndexVerdict.CompleteUpdate;
            }

            if (step == 1 && updateFlag && !updateInProgress)
            {
                return mayChange ? IvIndexVerdict.StartUpdate : IvIndexVerdict.TooEarly;
            }

            return timeSinceRecovery >= MinRecoveryTime ? IvIndexVerdict.Recover : IvIndexVerdict.RecoveryTooEarly;
        }

        /// <summary>Takes the IV Index and the IV Update Flag of an authenticated beacon.</summary>
        /// <param name="authoritative">Whether it is a beacon of the primary subnet, or this node does not belong to that.</param>
        public IvIndexVerdict Receive(uint received, bool updateFlag, bool authoritative, long now)
        {
            IvIndexVerdict verdict = Decide(
                _current,
                HasFlag(UpdateFlag),
                received,
                updateFlag,
                authoritative,
                now - _stateSince,
                now - _recoveredAt,
                HasFlag(TestFlag),
                HasFlag(SegmentedFlag));

            switch (verdict)
            {
                case IvIndexVerdict.StartUpdate:
                case IvIndexVerdict.CompleteUpdate:
                    Change(received, updateFlag, now);
                    break;

                case IvIndexVerdict.Recover:
                    // "After the IV Index Recovery procedure completes, the 96-hour time limits ... shall not apply."
                    _recoveredAt = now;
                    Change(received, updateFlag, now);
                    _stateSince = now - MinStateTime;
                    break;

                case IvIndexVerdict.Deferred:
                    SetFlag(DeferredFlag, true);
                    break;
            }

            return verdict;
        }

        /// <summary>Starts an IV Update, because this node runs out of SEQ or is told to by a test.</summary>
        /// <returns><see langword="false"/> when an update is in progress or the last one is less than 96 hours ago.</returns>
        public bool StartUpdate(long now)
        {
            if (HasFlag(UpdateFlag) || _current == uint.MaxValue || (!HasFlag(TestFlag) && now - _enteredAt < MinStateTime))
            {
                return false;
            }

            Change(_current + 1, true, now);

            return true;
        }

        /// <summary>Ends an update in test mode.</summary>
        /// <returns><see langword="false"/> when there is none that may end now.</returns>
        public bool CompleteUpdate(long now)
        {
            if (!HasFlag(UpdateFlag) || HasFlag(SegmentedFlag) || (!HasFlag(TestFlag) && now - _stateSince < MinStateTime))
            {
                return false;
            }

            Change(_current, false, now);

            return true;
        }

        /// <summary>Ends an update that has lasted 96 hours, or one whose end had to wait for a segmented message.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (!HasFlag(UpdateFlag))
            {
                return long.MaxValue;
            }

            if ((HasFlag(DeferredFlag) || now - _enteredAt >= MinStateTime) && !HasFlag(SegmentedFlag))
            {
                Change(_current, false, now);

                return long.MaxValue;
            }

            return HasFlag(SegmentedFlag) ? now + 1000 : _enteredAt + MinStateTime;
        }

        private bool HasFlag(int flag)
        {
            return (_flags & flag) != 0;
        }

        private void SetFlag(int flag, bool value)
        {
            _flags = value ? _flags | flag : _flags & ~flag;
        }

        private static int HoursSince(long time, long most, long now)
        {
            return (int)((now - time > most ? most : now - time) / Hour);
        }

        private void Change(uint current, bool updateInProgress, long now)
        {
            uint transmitIndex = TransmitIndex;
            _current = current;
            SetFlag(UpdateFlag, updateInProgress);
            _enteredAt = now;
            _stateSince = now;
            SetFlag(DeferredFlag, false);

            if (Client != null)
            {
                Client.OnIvIndexChanged(TransmitIndex != transmitIndex, now);
            }
        }
    }
}
