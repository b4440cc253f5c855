using MeshNode.Access;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.UpperTransport;

namespace MeshNode.Storage
{
    /// <summary>
    /// Keeps the state of a node in a journal: decides what is written when, and gives it back after a start.
    /// </summary>
    /// <remarks>
    /// <para>Keys, addresses and the IV Index are written at the next <see cref="Tick"/>, and so before any answer is sent; what else is configured two seconds later;
    /// states of models five. What is due later goes along with what is due first. Whatever deletes a key is written as a compaction,
    /// which leaves no trace of it.</para>
    /// <para>SEQ are reserved in blocks, whose size follows from how long the last one lasted, and the replay protection list is kept ahead of what was
    /// accepted: <see cref="Reserve"/> and <see cref="OnBeyondKept"/> write at once, from within, when nothing else has written in time.</para>
    /// <para>What cannot be written is tried again every second, the whole state at once. Until that succeeds no SEQ is reserved: the node falls
    /// silent rather than use one twice. What it accepts meanwhile is protected from replay until the next loss of power only. 470 octets with what the replay protection list allocates for it, and those of the journal.</para>
    /// </remarks>
    public sealed class NodeStore : IJournalOwner, ISequenceStore, IReplayStore
    {
        /// <summary>Version of the entries.</summary>
        public const int FormatVersion = 1;

        /// <summary>SEQ in the smallest block that is reserved.</summary>
        public const int FirstBlock = 64;

        /// <summary>SEQ in the largest block.</summary>
        public const int LastBlock = 4096;

        /// <summary>Milliseconds that a block is to last at least.</summary>
        public const int BusyTime = 120000;

        /// <summary>Milliseconds that a block lasts which is too large.</summary>
        public const int QuietTime = 1200000;

        /// <summary>Milliseconds until bindings, publications, subscriptions and settings are written.</summary>
        public const int SoonTime = 2000;

        /// <summary>Milliseconds until states of models are written.</summary>
        public const int LaterTime = 5000;

        /// <summary>Milliseconds of a window of the replay protection list, which are what a reserve is to last.</summary>
        public const int WindowTime = 30000;

        /// <summary>Milliseconds without a message after which reserves of the replay protection list are given up: somebody has finished.</summary>
        public const int PauseTime = 5000;

        /// <summary>Milliseconds for each pause that is written, in the mean.</summary>
        public const int PausePeriod = 300000;

        /// <summary>Pauses that may follow each other sooner.</summary>
        public const int Pauses = 10;

        /// <summary>Fewest SEQ kept ahead that are given up in a pause.</summary>
        public const int LeastReserve = 4;

        /// <summary>Milliseconds until a failed write is tried again.</summary>
        public const int RetryTime = 1000;

        /// <summary>Hours of the IV Index after which they are written.</summary>
        public const int HoursStep = 4;

        /// <summary>SEQ that are left out when a record of the journal was damaged: it may have been a reservation, or several.</summary>
        public const int DamageGap = 0x10000;

        private const int Marks = 24;
        private const int Copies = 2;
        private const int IndexBits = 16;

        /// <summary>The journal.</summary>
        public readonly Journal Journal;

        private readonly Node _node;

        // What is to be written: kind and index. When there is no room, all is.
        private readonly int[] _marks = new int[Marks];
        private int _marked;
        private bool _all;
        private bool _reserve;
        private long _dueAt = long.MaxValue;

        private long _now;
        private bool _loading;
        private bool _holdsBack;
        private JournalVerdict _condition;
        private uint _bootCounter;
        private int _attempts;
        private int _block = FirstBlock;
        private long _reservedAt;
        private uint _limit;
        private uint _sequenceIvIndex;
        private int _hours;
        private long _windowEnd = long.MaxValue;
        private long _pauseAt = long.MaxValue;
        private long _pausesPaid;
        private int _changes;
        private long _hoursAt;

        /// <param name="node">The node, as it is put together, which has not run yet.</param>
        /// <param name="medium">Where it is kept.</param>
        public NodeStore(Node node, IJournalMedium medium)
            : this(node, medium, FormatVersion)
        {
        }

        internal NodeStore(Node node, IJournalMedium medium, int version)
        {
            _node = node;
            Journal = new Journal(medium, this, version);
        }

        /// <summary>Whether the last write has failed, and the node will be silent when the SEQ are used up that are reserved.</summary>
        public bool HasFailed
        {
            get { return _condition != JournalVerdict.Written; }
        }

        /// <summary>Number of starts, this one included.</summary>
        public uint BootCounter
        {
            get { return _bootCounter; }
        }

        /// <summary>Failed authentications of provisioners since the last one that succeeded.</summary>
        public int Attempts
        {
            get { return _attempts; }
        }

        /// <summary>Reads what is kept and gives it to the node, which is a node of its network then or unprovisioned. From now on its changes are kept.</summary>
        /// <returns>
        /// <see cref="JournalVerdict.Loaded"/>; <see cref="JournalVerdict.Empty"/> at the first start; <see cref="JournalVerdict.Unusable"/> when there is nothing but garbage;
        /// <see cref="JournalVerdict.UnknownVersion"/> when a newer version has written it, which is left as it is until the device is
        /// provisioned; <see cref="JournalVerdict.ReadFailed"/>, to be tried again before the node runs.
        /// </returns>
        public JournalVerdict Open(long now)
        {
            _now = now;
            _loading = true;
            _limit = SequenceNumber.Max + 1;
            _sequenceIvIndex = uint.MaxValue;
            JournalVerdict verdict = Journal.Open();

            if (verdict != JournalVerdict.ReadFailed && IsNode && (_node.UpperTransport.DeviceKey == null || _node.Stack.Subnets.Count == 0))
            {
                // Without a key there is nobody who could reach it.
                _node.Forget(now);
            }

            _loading = false;
            _condition = verdict == JournalVerdict.ReadFailed ? verdict : JournalVerdict.Written;

            if (verdict == JournalVerdict.ReadFailed)
            {
                return verdict;
            }

            _holdsBack = verdict == JournalVerdict.UnknownVersion;
            _node.Stack.Sequence.Store = this;
            _node.Stack.Replay.Store = this;
            _reservedAt = now - BusyTime;
            RestoreSequence(now);
            _hours = _node.Stack.IvIndex.Hours(now);
            _bootCounter++;
            _node.Store = this;
            Keep(StoredState.BootCounter, 0, now);
            _reserve = IsNode;
            Write();
            _node.PowerUp(now);

            return verdict;
        }

        /// <summary>A state has changed and is to be written.</summary>
        /// <param name="index">As said with <see cref="StoredState"/>.</param>
        public void Keep(StoredState state, int index, long now)
        {
            if (_loading)
            {
                return;
            }

            int mark = ((int)state << IndexBits) | index;
            int place = 0;

            while (place < _marked && _marks[place] != mark)
            {
                place++;
            }

            if (place == Marks)
            {
                _all = true;
            }
            else if (place == _marked)
            {
                _marks[_marked++] = mark;
            }

            Due(now + Delay(state));
        }

        /// <summary>A key is gone: everything is written anew without it, at once.</summary>
        public void KeepAll(long now)
        {
            if (!_loading)
            {
                _all = true;
                Due(now);
            }
        }

        /// <summary>The device has become a node: it is written before anybody is told.</summary>
        public void OnJoined(long now)
        {
            _now = now;
            _holdsBack = false;
            _hours = _node.Stack.IvIndex.Hours(now);
            _attempts = 0;
            _all = true;
            _reserve = true;
            Write();
        }

        /// <summary>The node is going to leave its network: everything is erased, keys first, and nothing more is written until it has left.</summary>
        public void Erase()
        {
            _condition = Journal.EraseAll();
            _holdsBack = true;
            _marked = 0;
            _all = false;
            _reserve = false;
            _dueAt = long.MaxValue;
        }

        /// <summary>The node has left its network: what it keeps as a device is written, and what could not be erased goes with that.</summary>
        public void OnLeft(long now)
        {
            _now = now;
            _holdsBack = false;
            _condition = JournalVerdict.Written;
            KeepAll(now);
        }

        /// <summary>Writes what is due.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            _now = now;
            TickAttempts(now);
            long next = long.MaxValue;

            if (IsNode)
            {
                if (now >= _hoursAt)
                {
                    TickHours(now);
                }

                if (now >= _windowEnd)
                {
                    EndWindow();
                }

                if (now >= _pauseAt)
                {
                    LookForPause();
                }

                next = _hoursAt;
                next = next < _windowEnd ? next : _windowEnd;
                next = next < _pauseAt ? next : _pauseAt;

                if (_node.Stack.Sequence.Limit <= SequenceNumber.Max && _node.Stack.Sequence.Limit - _node.Stack.Sequence.Next < (uint)_block / 2 && !HasFailed)
                {
                    _reserve = true;
                    Due(now);
                }
            }

            if (now >= _dueAt)
            {
                Write();
            }

            return next < _dueAt ? next : _dueAt;
        }

        /// <summary>Writes at once what would be due later: the node is going to be switched off.</summary>
        /// <returns><see langword="false"/> when that failed.</returns>
        public bool Flush(long now)
        {
            _now = now;

            if (IsNode && _node.Stack.Replay.Settle(1))
            {
                Due(now);
            }

            return _dueAt == long.MaxValue || Write();
        }

        /// <inheritdoc/>
        public bool Reserve()
        {
            if (_loading || (HasFailed && _now < _dueAt))
            {
                return false;
            }

            _reserve = true;

            return Write() && _node.Stack.Sequence.Next < _node.Stack.Sequence.Limit;
        }

        /// <inheritdoc/>
        public void OnBeyondKept()
        {
            if (_windowEnd == long.MaxValue)
            {
                _windowEnd = _now + WindowTime;
            }

            if (_pauseAt == long.MaxValue)
            {
                _changes = _node.Stack.Replay.Changes;
                _pauseAt = _now + PauseTime;
            }

            if (!_loading && (!HasFailed || _now >= _dueAt))
            {
                Write();
            }
        }

        /// <inheritdoc/>
        public void OnEntry(int kind, int index, byte[] buffer, int offset, int count)
        {
            switch ((StoredState)kind)
            {
                case StoredState.BootCounter:
                    _bootCounter = count < 4 ? 0 : BigEndian.ReadUInt32(buffer, offset);
                    break;

                case StoredState.AttemptLimit:
                    _attempts = count < 1 ? 0 : buffer[offset];
                    break;

                case StoredState.Identity:
                    StateEntries.DecodeIdentity(_node, buffer, offset, count);
                    break;

                case StoredState.NetKey:
                    StateEntries.DecodeNetKey(_node, index, buffer, offset, count);
                    break;

                case StoredState.AppKey:
                    StateEntries.DecodeAppKey(_node.AppKeys, index, buffer, offset, count);
                    break;

                case StoredState.IvIndex:
                    StateEntries.DecodeIvIndex(_node.Stack.IvIndex, buffer, offset, count, _now);
                    break;

                case StoredState.Sequence:
                    StateEntries.DecodeSequence(buffer, offset, count, out _sequenceIvIndex, out _limit);
                    break;

                case StoredState.Replay:
                    StateEntries.DecodeReplay(_node.Stack.Replay, index, buffer, offset, count);
                    break;

                case StoredState.Settings:
                    StateEntries.DecodeSettings(_node, buffer, offset, count, _now);
                    break;

                case StoredState.HeartbeatPublication:
                    StateEntries.DecodeHeartbeat(_node.Heartbeat, buffer, offset, count, _now);
                    break;

                default:
                    OnModelEntry(kind, index, buffer, offset, count);
                    break;
            }
        }

        /// <inheritdoc/>
        public void WriteAll(Journal journal)
        {
            Add(StoredState.BootCounter, 0);
            Add(StoredState.AttemptLimit, 0);

            if (!IsNode)
            {
                return;
            }

            SubnetTable subnets = _node.Stack.Subnets;
            AppKeyTable appKeys = _node.AppKeys;

            // Twice, as without one of these the node would be lost.
            for (int copy = 0; copy < Copies; copy++)
            {
                Add(StoredState.Identity, 0);
                AddSequence();

                for (int i = 0; i < subnets.Capacity; i++)
                {
                    if (subnets[i] != null)
                    {
                        Add(StoredState.NetKey, subnets[i].NetKeyIndex);
                    }
                }
            }

            for (int i = 0; i < appKeys.Capacity; i++)
            {
                if (appKeys.IsUsed(i))
                {
                    Add(StoredState.AppKey, i);
                }
            }

            Add(StoredState.Settings, 0);
            Add(StoredState.HeartbeatPublication, 0);
            WriteModels();

            for (int i = 0; i < _node.Stack.Replay.Count; i++)
            {
                AddReplay(i);
            }
        }

        private bool IsNode
        {
            get { return _node.Stack.Network.PrimaryAddress != Address.Unassigned; }
        }

        private static int Delay(StoredState state)
        {
            switch (state)
            {
                case StoredState.Settings:
                case StoredState.HeartbeatPublication:
                case StoredState.Model:
                case StoredState.Subscriptions:
                    return SoonTime;

                case StoredState.KeptState:
                    return LaterTime;

                default:
                    return 0;
            }
        }

        private void Due(long at)
        {
            if (at < _dueAt && !HasFailed)
            {
                _dueAt = at;
            }
        }

        private bool Write()
        {
            if (_holdsBack)
            {
                _dueAt = long.MaxValue;

                return true;
            }

            int block = NextBlock();
            uint limit = _reserve ? _node.Stack.Sequence.Next + (uint)block : _node.Stack.Sequence.Limit;
            _limit = limit > SequenceNumber.Max ? SequenceNumber.Max + 1 : limit;

            if (!_all)
            {
                AddMarked();
            }

            _condition = _all ? Journal.Compact() : Journal.Commit();

            if (HasFailed)
            {
                _all = true;
                _dueAt = _now + RetryTime;

                return false;
            }

            if (_reserve)
            {
                _block = block;
                _reservedAt = _now;
            }

            if (IsNode)
            {
                _node.Stack.Sequence.Limit = _limit;
            }

            _marked = 0;
            _all = false;
            _reserve = false;
            _dueAt = long.MaxValue;

            return true;
        }

        // What is written anyway makes the reservation whole again, when a quarter of it is used.
        private int NextBlock()
        {
            int used = _block - (int)(_node.Stack.Sequence.Limit - _node.Stack.Sequence.Next);
            _reserve |= IsNode && used > _block / 4 && _node.Stack.Sequence.Limit <= SequenceNumber.Max;

            if (!_reserve || used <= 0)
            {
                return _block;
            }

            long lasts = (_now - _reservedAt) * _block / used;

            return lasts < BusyTime && _block < LastBlock ? 2 * _block : lasts > QuietTime && _block > FirstBlock ? _block / 2 : _block;
        }

        private void AddMarked()
        {
            bool sequence = _reserve;

            for (int i = 0; i < _marked; i++)
            {
                StoredState state = (StoredState)(_marks[i] >> IndexBits);

                if (state == StoredState.IvIndex)
                {
                    sequence = true;
                }
                else
                {
                    // The parts of a subscription list belong together. What is too long for a group becomes a compaction.
                    Journal.BeginGroup();
                    Add(state, _marks[i] & ((1 << IndexBits) - 1));
                    Journal.EndGroup();
                }
            }

            if (sequence)
            {
                AddSequence();
            }

            for (int i = _node.Stack.Replay.NextToKeep(0); i < _node.Stack.Replay.Count; i = _node.Stack.Replay.NextToKeep(i + 1))
            {
                AddReplay(i);
            }
        }

        // Tied together: a SEQ belongs to an IV Index.
        private void AddSequence()
        {
            IvIndex ivIndex = _node.Stack.IvIndex;
            _hours = ivIndex.Hours(_now);
            Journal.BeginGroup();
            int place = Journal.BeginEntry(StateEntries.IvIndexSize);
            End(StoredState.IvIndex, 0, StateEntries.EncodeIvIndex(ivIndex, _hours, Journal.Buffer, place));
            place = Journal.BeginEntry(StateEntries.SequenceSize);
            End(StoredState.Sequence, 0, StateEntries.EncodeSequence(ivIndex.TransmitIndex, _limit, Journal.Buffer, place));
            Journal.EndGroup();
        }

        private void AddReplay(int place)
        {
            int entry = Journal.BeginEntry(StateEntries.ReplaySize);
            End(StoredState.Replay, _node.Stack.Replay.Source(place), StateEntries.EncodeReplay(_node.Stack.Replay.KeptNumber(place), Journal.Buffer, entry));
        }

        private void Add(StoredState state, int index)
        {
            if (state >= StoredState.Subscriptions)
            {
                AddSubscriptions(index);

                return;
            }

            int place = Journal.BeginEntry(StateEntries.MaxStateCount);
            End(state, index, Encode(state, index, Journal.Buffer, place));
        }

        private void End(StoredState state, int index, int count)
        {
            Journal.EndEntry((int)state, index, count);
        }

        // What is not there any more is not written: then everything is.
        private int Encode(StoredState state, int index, byte[] buffer, int place)
        {
            switch (state)
            {
                case StoredState.BootCounter:
                    BigEndian.WriteUInt32(buffer, place, _bootCounter);

                    return 4;

                case StoredState.AttemptLimit:
                    buffer[place] = (byte)_attempts;

                    return 1;

                case StoredState.Identity:
                    return StateEntries.EncodeIdentity(_node, buffer, place);

                case StoredState.NetKey:
                    Subnet subnet = _node.Stack.Subnets.Find(index);

                    return subnet == null ? Journal.NoEntry : StateEntries.EncodeNetKey(subnet, buffer, place);

                case StoredState.AppKey:
                    return _node.AppKeys.IsUsed(index) ? StateEntries.EncodeAppKey(_node.AppKeys, index, buffer, place) : Journal.NoEntry;

                case StoredState.Settings:
                    return StateEntries.EncodeSettings(_node, buffer, place);

                case StoredState.HeartbeatPublication:
                    return StateEntries.EncodeHeartbeat(_node.Heartbeat, buffer, place);

                case StoredState.Model:
                    return StateEntries.EncodeModel(_node, StateEntries.ModelAt(_node, index), buffer, place);

                default:
                    return StateEntries.EncodeKeptState(StateEntries.ModelAt(_node, index), buffer, place);
            }
        }

        private void AddSubscriptions(int key)
        {
            Model model = StateEntries.ModelAt(_node, key);
            StoredState part = StoredState.Subscriptions;
            int item = 0;

            do
            {
                int place = Journal.BeginEntry(StateEntries.MaxSubscriptions(_node, model, item));
                End(part++, key, StateEntries.EncodeSubscriptions(_node, model, ref item, Journal.Buffer, place));
            }
            while (item < _node.Subscriptions.CountOf(model));
        }

        private void WriteModels()
        {
            Composition composition = _node.Access.Composition;

            for (int i = 0; i < composition.Count; i++)
            {
                Element element = composition[i];

                for (int j = 0; j < element.Count; j++)
                {
                    Model model = element[j];
                    int key = StateEntries.KeyOf(model);

                    if (model.Bindings != 0 || model.Publication != null)
                    {
                        Add(StoredState.Model, key);
                    }

                    if (model is IKeptState)
                    {
                        Add(StoredState.KeptState, key);
                    }

                    if (_node.Subscriptions.CountOf(model) != 0 && StateEntries.ListKeyOf(model) == key)
                    {
                        Add(StoredState.Subscriptions, key);
                    }
                }
            }
        }

        private void OnModelEntry(int kind, int key, byte[] buffer, int offset, int count)
        {
            Model model = StateEntries.ModelAt(_node, key);

            if (model == null)
            {
                return;
            }

            if (kind == (int)StoredState.Model)
            {
                StateEntries.DecodeModel(_node, model, buffer, offset, count, _now);
            }
            else if (kind == (int)StoredState.KeptState)
            {
                StateEntries.DecodeKeptState(model, buffer, offset, count);
            }
            else if (kind >= (int)StoredState.Subscriptions)
            {
                StateEntries.DecodeSubscriptions(_node, model, kind == (int)StoredState.Subscriptions, buffer, offset, count);
            }
        }

        // Goes on behind what was reserved. With a higher IV Index than that of the entry, nothing was sent yet; a lower one was damaged. Without
        // an entry no SEQ is known to be unused: the node is silent until the IV Index moves on.
        private void RestoreSequence(long now)
        {
            IvIndex ivIndex = _node.Stack.IvIndex;
            uint next = _sequenceIvIndex < ivIndex.TransmitIndex ? 0 : _limit;

            if (_sequenceIvIndex > ivIndex.TransmitIndex && _sequenceIvIndex != uint.MaxValue)
            {
                ivIndex.Restore(_sequenceIvIndex, false, 0, now);
            }

            if (Journal.Damaged != 0)
            {
                next += DamageGap;
            }

            _node.Stack.Sequence.Restore(next > SequenceNumber.Max ? SequenceNumber.Max + 1 : next);
        }

        private void TickAttempts(long now)
        {
            ProvisioningServer provisioning = _node.Stack.Provisioning;

            if (provisioning != null && !IsNode && provisioning.Provisionee.Limit.Failures != _attempts)
            {
                int failures = provisioning.Provisionee.Limit.Failures;
                _attempts = failures > byte.MaxValue ? byte.MaxValue : failures;
                Keep(StoredState.AttemptLimit, 0, now);
            }
        }

        private void TickHours(long now)
        {
            _hoursAt = now + IvIndex.Hour;

            // Any of the three numbers, of 8 bits each.
            int difference = _node.Stack.IvIndex.Hours(now) - _hours;

            if ((difference & 0xFF) >= HoursStep || ((difference >> 8) & 0xFF) >= HoursStep || (difference >> 16) >= HoursStep)
            {
                Keep(StoredState.IvIndex, 0, now);
            }
        }

        private void EndWindow()
        {
            bool unsettled;

            if (_node.Stack.Replay.EndWindow(out unsettled))
            {
                Due(_now);
            }

            _windowEnd = unsettled ? _now + WindowTime : long.MaxValue;
        }

        // After a phone has configured a node nobody waits until that phone would be heard again: it is unplugged, and plugged in elsewhere.
        private void LookForPause()
        {
            int changes = _node.Stack.Replay.Changes;

            if (changes != _changes)
            {
                _changes = changes;
                _pauseAt = _now + PauseTime;

                return;
            }

            _pauseAt = long.MaxValue;

            if (_pausesPaid - _now <= (Pauses - 1) * PausePeriod && _node.Stack.Replay.Settle(LeastReserve))
            {
                _pausesPaid = (_pausesPaid > _now ? _pausesPaid : _now) + PausePeriod;
                Due(_now);
            }
        }
    }
}
