using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// A state that takes its time to change: after a delay it goes evenly from where it is to its target. See Mesh Model 1.1, sections 1.4.1 and 3.1.3.
    /// </summary>
    /// <remarks>
    /// One object serves all states of an element that are bound to each other. Its unit is that of the model that owns it; other
    /// models show it in theirs.
    /// </remarks>
    public sealed class Transition
    {
        /// <summary>Number of steps of an unknown transition time, in a time as in a message.</summary>
        public const int UnknownSteps = 0x3F;

        private const int Step = 50;
        private const int DelayStep = 5;
        private const int MaxSteps = 0x3E;
        private const long Idle = long.MinValue;

        /// <summary>The model in whose unit it counts.</summary>
        public readonly TransitionServer Owner;

        private readonly IStateClient _client;
        private readonly GenericDefaultTransitionTimeServer _defaultTime;
        private int _start;
        private int _target;
        private int _reported;
        private long _beginAt;
        private long _endAt = Idle;

        /// <param name="owner">The model in whose unit it counts.</param>
        /// <param name="client">Is told of each change, or <see langword="null"/>.</param>
        /// <param name="defaultTime">The Generic Default Transition Time of the element, or <see langword="null"/> for none.</param>
        public Transition(TransitionServer owner, IStateClient client, GenericDefaultTransitionTimeServer defaultTime)
        {
            Owner = owner;
            _client = client;
            _defaultTime = defaultTime;
        }

        /// <summary>The state at the end of the transition, or the present state.</summary>
        public int Target
        {
            get { return _target; }
        }

        /// <summary>Milliseconds of the Generic Default Transition Time, 0 to 37,200,000.</summary>
        public int DefaultTime
        {
            get { return _defaultTime == null ? 0 : (int)Publication.PeriodMilliseconds(_defaultTime.TransitionTime); }
        }

        /// <summary>Milliseconds of the transition time that a message has, or else of the default.</summary>
        /// <param name="size">Octets of the message's parameters in front of the transition time.</param>
        public int TimeOf(AccessMessage message, int size)
        {
            return message.Count > size ? (int)Publication.PeriodMilliseconds(message.Buffer[message.Offset + size]) : DefaultTime;
        }

        /// <summary>Milliseconds of the delay that a message has, or else 0.</summary>
        /// <param name="size">Octets of the message's parameters in front of the transition time.</param>
        public static int DelayOf(AccessMessage message, int size)
        {
            return message.Count > size ? message.Buffer[message.Offset + size + 1] * DelayStep : 0;
        }

        /// <summary>The present state.</summary>
        public int Present(long now)
        {
            if (now >= _endAt)
            {
                return _target;
            }

            if (now < _beginAt)
            {
                return _start;
            }

            long way = (long)(_target - _start) * (now - _beginAt) / (_endAt - _beginAt);

            return Owner.Between(_start + (int)way);
        }

        /// <summary>Milliseconds until the target is reached, the delay included; 0 when it is.</summary>
        public long Remaining(long now)
        {
            return now >= _endAt ? 0 : _endAt - now;
        }

        /// <summary>A time as in a message, rounded up. See Mesh Model 1.1, section 3.1.3.</summary>
        /// <param name="milliseconds">From 0 on; what is more than 620 minutes is unknown.</param>
        public static int EncodeTime(long milliseconds)
        {
            int resolution = 0;
            long unit = 100;

            while (milliseconds > unit * MaxSteps)
            {
                if (resolution == 3)
                {
                    return UnknownSteps;
                }

                resolution++;
                unit = resolution == 3 ? 600000 : unit * 10;
            }

            return (resolution << 6) | (int)((milliseconds + unit - 1) / unit);
        }

        /// <summary>Starts a transition, in place of one that is under way.</summary>
        /// <param name="target">The target.</param>
        /// <param name="time">Milliseconds that it takes.</param>
        /// <param name="delay">Milliseconds until it begins.</param>
        public void Change(int target, long time, int delay, long now)
        {
            Tick(now);
            int present = Present(now);

            if (target == present && _endAt == Idle)
            {
                return;
            }

            _start = present;
            _target = target;
            _beginAt = now + delay;
            _endAt = target == present ? now : _beginAt + time;

            if (now < _endAt)
            {
                Owner.OnChanged(now);
                Owner.KeepState(now);
            }

            Tick(now);
        }

        /// <summary>Sets the state without a word to anybody.</summary>
        public void Restore(int value)
        {
            _start = value;
            _target = value;
            _endAt = Idle;
        }

        /// <summary>Tells the client what has changed, and ends a transition that is over.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            Report(now);

            if (_endAt == Idle)
            {
                return long.MaxValue;
            }

            if (now >= _endAt)
            {
                _endAt = Idle;
                Owner.OnSettled(_target);
                Owner.OnChanged(now);
                Owner.KeepState(now);

                // The publications of models in front of this one are due.
                return now;
            }

            if (now < _beginAt)
            {
                return _beginAt;
            }

            // No sooner than there is something new.
            int distance = _target > _start ? _target - _start : _start - _target;
            long next = now + (_endAt - _beginAt) / distance;
            next = next < now + Step ? now + Step : next;

            return next < _endAt ? next : _endAt;
        }

        private void Report(long now)
        {
            int present = Present(now);

            if (present != _reported)
            {
                _reported = present;

                if (_client != null)
                {
                    _client.OnStateChanged(Owner, present, now);
                }
            }
        }
    }
}
