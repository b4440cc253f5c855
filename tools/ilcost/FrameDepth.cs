using System;
using System.Collections.Generic;

namespace MeshNode.IlCost;

/// <summary>
/// The frames of the calls that are under way in woven assemblies, thread by thread: what they would take of the heap of a 32-bit nanoCLR.
/// </summary>
public static class FrameDepth
{
    private static readonly Dictionary<string, FrameRecord> s_records = [];

    [ThreadStatic]
    private static Stack<(string Method, int Octets)>? s_frames;

    [ThreadStatic]
    private static int s_octets;

    /// <summary>The deepest call of each thread since <see cref="Clear"/>, by the method that its first woven frame is of.</summary>
    public static IReadOnlyDictionary<string, FrameRecord> Deepest
    {
        get
        {
            lock (s_records)
            {
                return new Dictionary<string, FrameRecord>(s_records);
            }
        }
    }

    /// <summary>Forgets what was seen.</summary>
    public static void Clear()
    {
        lock (s_records)
        {
            s_records.Clear();
        }
    }

    /// <summary>A woven method begins.</summary>
    /// <returns>For <see cref="Leave"/> and <see cref="Resume"/>.</returns>
    public static int Enter(string method, int octets)
    {
        Stack<(string Method, int Octets)> frames = s_frames ??= [];
        frames.Push((method, octets));
        s_octets += octets;
        Note(0);

        return frames.Count - 1;
    }

    /// <summary>It returns.</summary>
    public static void Leave(int frame)
    {
        while (s_frames!.Count > frame)
        {
            s_octets -= s_frames.Pop().Octets;
        }
    }

    /// <summary>It goes on in a handler.</summary>
    public static void Resume(int frame)
    {
        Leave(frame + 1);
    }

    /// <summary>It calls something that is not woven.</summary>
    public static void Call(int octets)
    {
        if (s_frames is { Count: > 0 })
        {
            Note(octets);
        }
    }

    private static void Note(int more)
    {
        lock (s_records)
        {
            string thread = "";

            foreach ((string method, _) in s_frames!)
            {
                thread = method;
            }

            int octets = s_octets + more;

            if (!s_records.TryGetValue(thread, out FrameRecord? record) || record.Octets < octets)
            {
                List<string> chain = [];

                foreach ((string method, int size) in s_frames)
                {
                    chain.Insert(0, $"{method} {size}");
                }

                if (more > 0)
                {
                    chain.Add($"library {more}");
                }

                s_records[thread] = new FrameRecord(octets, chain);
            }
        }
    }
}
