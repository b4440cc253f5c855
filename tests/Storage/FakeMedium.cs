using System;

namespace MeshNode.Storage
{
    /// <summary>Raw flash in RAM, which can be made to fail.</summary>
    public sealed class FakeMedium : IJournalMedium
    {
        public readonly byte[][] Areas;

        /// <summary>Calls of Write, Flush and Erase that succeed before they fail; -1 for all.</summary>
        public int Successes = -1;

        /// <summary>Whether reading fails.</summary>
        public bool ReadFails;

        public int Writes;
        public int Erases;

        public FakeMedium(int capacity)
        {
            Capacity = capacity;
            Areas = new byte[][] { new byte[capacity], new byte[capacity] };
            Fill(0, 0xFF);
            Fill(1, 0xFF);
        }

        public int Capacity { get; }

        public void Fill(int area, byte value)
        {
            for (int i = 0; i < Capacity; i++)
            {
                Areas[area][i] = value;
            }
        }

        public bool IsErased(int area)
        {
            for (int i = 0; i < Capacity; i++)
            {
                if (Areas[area][i] != 0xFF)
                {
                    return false;
                }
            }

            return true;
        }

        public int Length(int area)
        {
            return Capacity;
        }

        public bool Read(int area, int position, byte[] buffer, int offset, int count)
        {
            Array.Copy(Areas[area], position, buffer, offset, count);

            return !ReadFails;
        }

        public bool Write(int area, int position, byte[] buffer, int offset, int count)
        {
            if (Fails())
            {
                return false;
            }

            Writes++;
            Array.Copy(buffer, offset, Areas[area], position, count);

            return true;
        }

        public bool Flush(int area)
        {
            return !Fails();
        }

        public bool Erase(int area)
        {
            if (Fails())
            {
                return false;
            }

            Erases++;
            Fill(area, 0xFF);

            return true;
        }

        private bool Fails()
        {
            if (Successes > 0)
            {
                Successes--;
            }
            else if (Successes == 0)
            {
                return true;
            }

            return false;
        }
    }
}
