using System;
using MeshNode.Bearers;

namespace MeshNode.Fakes
{
    /// <summary>An advertising bearer that keeps the last 64 payloads it was given. Allocates in its constructor only.</summary>
    internal sealed class FakeAdvertisingBearer : IAdvertisingBearer
    {
        public const int Kept = 64;

        private const int SlotSize = 32;

        /// <summary>Payloads it still takes; each takes one.</summary>
        public int Credit = int.MaxValue;

        /// <summary>Payloads it was given.</summary>
        public int Count;

        public readonly byte[] Connectable = new byte[AdvertisingData.MaxLength];
        public int ConnectableLength;
        public int ConnectableInterval;

        /// <summary>Calls of SetConnectable.</summary>
        public int ConnectableCalls;

        private readonly byte[] _payloads = new byte[Kept * SlotSize];
        private readonly int[] _types = new int[Kept];
        private readonly int[] _lengths = new int[Kept];
        private readonly int[] _transmissions = new int[Kept];
        private readonly int[] _intervals = new int[Kept];
        private readonly int[] _tags = new int[Kept];

        public int TransmitCredit
        {
            get { return Credit; }
        }

        public string ConnectableText
        {
            get { return Hex.Encode(Connectable, 0, ConnectableLength); }
        }

        public int Type(int index)
        {
            return _types[Slot(index)];
        }

        public int Transmissions(int index)
        {
            return _transmissions[Slot(index)];
        }

        public int Interval(int index)
        {
            return _intervals[Slot(index)];
        }

        public int Tag(int index)
        {
            return _tags[Slot(index)];
        }

        public int Length(int index)
        {
            return _lengths[Slot(index)];
        }

        /// <summary>A copy of a payload.</summary>
        public byte[] Payload(int index)
        {
            byte[] payload = new byte[Length(index)];
            Array.Copy(_payloads, Slot(index) * SlotSize, payload, 0, payload.Length);

            return payload;
        }

        public string Text(int index)
        {
            return Hex.Encode(_payloads, Slot(index) * SlotSize, Length(index));
        }

        /// <summary>How many of the payloads given, and kept, are of a type.</summary>
        public int CountOf(int type)
        {
            int count = 0;

            for (int i = Count > Kept ? Count - Kept : 0; i < Count; i++)
            {
                if (Type(i) == type)
                {
                    count++;
                }
            }

            return count;
        }

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            if (Credit <= 0)
            {
                throw new InvalidOperationException();
            }

            int slot = Count % Kept;
            Array.Copy(payload, offset, _payloads, slot * SlotSize, count);
            _types[slot] = type;
            _lengths[slot] = count;
            _transmissions[slot] = transmissions;
            _intervals[slot] = interval;
            _tags[slot] = tag;
            Count++;
            Credit--;
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
            Array.Copy(data, 0, Connectable, 0, count);
            ConnectableLength = count;
            ConnectableInterval = interval;
            ConnectableCalls++;
        }

        private int Slot(int index)
        {
            if (index < 0 || index >= Count || index < Count - Kept)
            {
                throw new ArgumentException();
            }

            return index % Kept;
        }
    }
}
