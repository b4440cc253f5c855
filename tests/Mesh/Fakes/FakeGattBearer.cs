using System;
using MeshNode.Bearers;

namespace MeshNode.Fakes
{
    /// <summary>A GATT bearer that keeps the last 64 values it was given. Allocates in its constructor only.</summary>
    internal sealed class FakeGattBearer : IGattBearer
    {
        public const int Kept = 64;

        private const int SlotSize = 68;

        /// <summary>Values it still takes; each takes one.</summary>
        public int Credit = int.MaxValue;

        /// <summary>Connections that it takes nothing for, one bit each.</summary>
        public int Blocked = 0;

        /// <summary>Values it took.</summary>
        public int Count;

        /// <summary>Values it refused.</summary>
        public int Refused;

        /// <summary>Calls of Disconnect.</summary>
        public int Disconnects;

        /// <summary>The connection that was closed last.</summary>
        public int LastDisconnected = -1;

        private readonly byte[] _values = new byte[Kept * SlotSize];
        private readonly int[] _lengths = new int[Kept];
        private readonly int[] _connections = new int[Kept];

        public int Connection(int index)
        {
            return _connections[Slot(index)];
        }

        public int Length(int index)
        {
            return _lengths[Slot(index)];
        }

        /// <summary>A copy of a value.</summary>
        public byte[] Value(int index)
        {
            byte[] value = new byte[Length(index)];
            Array.Copy(_values, Slot(index) * SlotSize, value, 0, value.Length);

            return value;
        }

        public string Text(int index)
        {
            return Hex.Encode(_values, Slot(index) * SlotSize, Length(index));
        }

        public bool Notify(int connection, byte[] value, int offset, int count)
        {
            if (Credit <= 0 || (Blocked & (1 << connection)) != 0)
            {
                Refused++;

                return false;
            }

            int slot = Count % Kept;
            Array.Copy(value, offset, _values, slot * SlotSize, count);
            _lengths[slot] = count;
            _connections[slot] = connection;
            Count++;
            Credit--;

            return true;
        }

        public void Disconnect(int connection)
        {
            Disconnects++;
            LastDisconnected = connection;
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
