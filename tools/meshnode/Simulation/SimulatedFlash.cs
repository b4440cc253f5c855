using System;
using System.Linq;
using MeshNode.Storage;

namespace MeshNode.Simulation;

/// <summary>
/// The two areas of a journal: raw NOR flash, or two files of a file system that keeps what has been flushed.
/// </summary>
/// <remarks>
/// It throws at what such memory does not do: a write to a place that is not erased, or one that is not aligned; of files, one that is not at the end. Its power fails after any
/// octet; whatever is called then throws <see cref="PowerCutException"/> until <see cref="Restart"/>.
/// </remarks>
public sealed class SimulatedFlash(int capacity, bool files = false, int pageSize = 256) : IJournalMedium
{
    private const int WriteUnit = 4;
    private const byte Erased = 0xFF;

    private readonly byte[][] _content = [Blank(capacity), Blank(capacity)];
    private readonly int[] _length = [0, 0];
    private readonly int[] _flushed = [0, 0];
    private ulong _random = 1;

    /// <inheritdoc/>
    public int Capacity { get; } = capacity;

    /// <summary>Octets that are still written or erased before the power fails; <see langword="null"/> for all.</summary>
    public long? CutAfter { get; set; }

    /// <summary>What the cut leaves of the operation that it hits.</summary>
    public TearMode Tear { get; set; }

    /// <summary>As files: whether what has not been flushed is lost as a whole. Otherwise any first part of it is kept.</summary>
    public bool LosesUnflushed { get; set; }

    /// <summary>Whether the power has failed.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Asked before each write (0), flush of a file (1) and erasure (2) whether that is to fail. A write or erasure that fails may still have done a part, or all.</summary>
    public Func<int, bool>? Failure { get; set; }

    /// <summary>Asked before each write whether a bit of it is to come out wrong, without the write failing.</summary>
    public Func<bool>? Corruption { get; set; }

    /// <summary>Whether reading fails.</summary>
    public bool ReadFails { get; set; }

    /// <summary>Octets written and erased since the start.</summary>
    public long Octets { get; private set; }

    /// <summary>Writes so far.</summary>
    public long Writes { get; private set; }

    /// <summary>Octets written so far.</summary>
    public long OctetsWritten { get; private set; }

    /// <summary>Flushes so far. A file system writes at least a block for each.</summary>
    public long Flushes { get; private set; }

    /// <summary>Erasures of an area so far.</summary>
    public long Erases { get; private set; }

    /// <summary>Reads so far.</summary>
    public long Reads { get; private set; }

    /// <summary>Octets read so far.</summary>
    public long OctetsRead { get; private set; }

    /// <summary>Another one with the same content, switched on, whose counters are 0.</summary>
    public SimulatedFlash Copy()
    {
        SimulatedFlash copy = new(Capacity, files, pageSize) { Tear = Tear, LosesUnflushed = LosesUnflushed, _random = _random };

        for (int i = 0; i < 2; i++)
        {
            Array.Copy(_content[i], copy._content[i], Capacity);
            copy._length[i] = _length[i];
            copy._flushed[i] = _flushed[i];
        }

        return copy;
    }

    /// <summary>Switches the power on again, if it is off, and plans no further cut.</summary>
    public void Restart()
    {
        IsOff = false;
        CutAfter = null;
        _flushed[0] = _length[0];
        _flushed[1] = _length[1];
    }

    /// <summary>Cuts the power between two operations.</summary>
    public void Cut()
    {
        IsOff = true;

        for (int i = 0; files && LosesUnflushed && i < 2; i++)
        {
            Array.Fill(_content[i], Erased, _flushed[i], _length[i] - _flushed[i]);
            _length[i] = _flushed[i];
        }
    }

    /// <summary>Inverts a bit.</summary>
    public void Flip(int area, int bit)
    {
        _content[area][bit / 8] ^= (byte)(1 << (bit % 8));
    }

    /// <summary>Replaces what is in an area.</summary>
    public void Fill(int area, ReadOnlySpan<byte> content)
    {
        Array.Fill(_content[area], Erased);
        content.CopyTo(_content[area]);
        _length[area] = content.Length;
        _flushed[area] = content.Length;
    }

    /// <summary>What is in an area.</summary>
    public ReadOnlySpan<byte> ContentOf(int area)
    {
        return _content[area].AsSpan(0, Length(area));
    }

    /// <summary>Whether octets are anywhere in it.</summary>
    public bool Contains(ReadOnlySpan<byte> octets)
    {
        return ContentOf(0).IndexOf(octets) >= 0 || ContentOf(1).IndexOf(octets) >= 0;
    }

    /// <inheritdoc/>
    public int Length(int area)
    {
        return files ? _length[area] : Capacity;
    }

    /// <inheritdoc/>
    public bool Read(int area, int position, byte[] buffer, int offset, int count)
    {
        RequirePower();
        Reads++;
        OctetsRead += count;

        if (position < 0 || position + count > Length(area))
        {
            throw new InvalidOperationException();
        }

        Array.Copy(_content[area], position, buffer, offset, count);

        return !ReadFails;
    }

    /// <inheritdoc/>
    public bool Write(int area, int position, byte[] buffer, int offset, int count)
    {
        RequirePower();

        if (position % WriteUnit != 0 || count % WriteUnit != 0 || position + count > Capacity || (files && position != _length[area])
            || _content[area].AsSpan(position, count).ContainsAnyExcept(Erased))
        {
            throw new InvalidOperationException();
        }

        if (Failure?.Invoke(0) == true)
        {
            Program(area, position, buffer, offset, Order(position, count).Take(Next(count + 1)).ToArray());

            return false;
        }

        Writes++;
        OctetsWritten += count;
        Spend(count, (done, part) =>
        {
            if (done == count)
            {
                Array.Copy(buffer, offset, _content[area], position, count);

                if (Corruption?.Invoke() == true)
                {
                    Flip(area, ((position + Next(count)) * 8) + Next(8));
                }

                _length[area] = Math.Max(_length[area], position + count);

                return;
            }

            int[] order = Order(position, count);
            Program(area, position, buffer, offset, order[..done]);

            if (part)
            {
                _content[area][position + done] &= (byte)(buffer[offset + done] | Next(256));
                _length[area] = Math.Max(_length[area], position + done + 1);
            }
        });

        return true;
    }

    /// <inheritdoc/>
    public bool Flush(int area)
    {
        RequirePower();

        if (files && Failure?.Invoke(1) == true)
        {
            return false;
        }

        Flushes++;
        _flushed[area] = _length[area];

        return true;
    }

    /// <inheritdoc/>
    public bool Erase(int area)
    {
        RequirePower();

        if (Failure?.Invoke(2) == true)
        {
            if (!files)
            {
                Blank(area, Order(0, Capacity).Take(Next(Capacity + 1)).ToArray());
            }

            return false;
        }

        Erases++;

        if (files)
        {
            // The file is there, or it is not.
            Spend(1, (done, _) => Truncate(area, done));
        }
        else
        {
            Spend(Capacity, (done, _) => Blank(area, done == Capacity ? [.. Enumerable.Range(0, Capacity)] : Order(0, Capacity)[..done]));
        }

        return true;
    }

    private static byte[] Blank(int capacity)
    {
        byte[] content = new byte[capacity];
        Array.Fill(content, Erased);

        return content;
    }

    private void Truncate(int area, int done)
    {
        if (done == 0)
        {
            return;
        }

        Array.Fill(_content[area], Erased);
        _length[area] = 0;
        _flushed[area] = 0;
    }

    private void Blank(int area, int[] places)
    {
        foreach (int place in places)
        {
            _content[area][place] = Erased;
        }
    }

    private void Program(int area, int position, byte[] buffer, int offset, int[] places)
    {
        foreach (int place in places)
        {
            _content[area][position + place] &= buffer[offset + place];
            _length[area] = Math.Max(_length[area], position + place + 1);
        }
    }

    /// <summary>The places of an operation, from 0 on, in the order in which they are reached: page after page.</summary>
    private int[] Order(int position, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];

        if (files || Tear is TearMode.Front or TearMode.Bits)
        {
            return order;
        }

        for (int start = 0; start < count;)
        {
            int end = Math.Min(count, start + pageSize - ((position + start) % pageSize));

            if (Tear == TearMode.Back)
            {
                Array.Reverse(order, start, end - start);
            }
            else
            {
                for (int i = end - 1; i > start; i--)
                {
                    int j = start + Next(i - start + 1);
                    (order[i], order[j]) = (order[j], order[i]);
                }
            }

            start = end;
        }

        return order;
    }

    private void Spend(int octets, Action<int, bool> act)
    {
        if (CutAfter is not long left || left >= octets)
        {
            CutAfter -= octets;
            Octets += octets;
            act(octets, false);

            return;
        }

        Octets += left;
        act((int)left, Tear == TearMode.Bits);
        Cut();

        throw new PowerCutException();
    }

    private void RequirePower()
    {
        if (IsOff)
        {
            throw new PowerCutException();
        }
    }

    private int Next(int limit)
    {
        _random = (_random * 6364136223846793005) + 1442695040888963407;

        return (int)((_random >> 33) % (ulong)limit);
    }
}
