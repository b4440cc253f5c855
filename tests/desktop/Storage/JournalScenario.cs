using System;
using System.Collections.Generic;

namespace MeshNode.Storage;

/// <summary>A long random life of a journal, as steps that each end with a verdict. The same seed gives the same steps.</summary>
internal sealed class JournalScenario
{
    private readonly List<Step> _steps = [];

    /// <summary>Number of steps.</summary>
    public int Count => _steps.Count;

    public JournalScenario(int seed, int steps, int maxEntries = 24)
    {
        SoakRandom random = new(seed);
        HashSet<int> keys = [];

        for (int i = 0; i < steps; i++)
        {
            Step step = new() { Kind = StepKind.Records };
            int what = random.Next(100);

            if (i == 0 || what < 4)
            {
                step.Kind = StepKind.Compact;
            }
            else if (what < 8)
            {
                // Keys are deleted: from the state, and then by a compaction.
                step.Kind = StepKind.Delete;
            }
            else if (what < 9)
            {
                step.Kind = StepKind.EraseAll;
                keys.Clear();
            }
            else if (what < 11)
            {
                step.Kind = StepKind.Upgrade;
            }
            else if (what < 35)
            {
                step.Kind = StepKind.Group;
            }

            if (step.Kind is StepKind.Records or StepKind.Group or StepKind.Compact)
            {
                int entries = 1 + random.Next(step.Kind == StepKind.Group ? 4 : 6);

                for (int j = 0; j < entries; j++)
                {
                    int key = (random.Next(ModelState.Kinds) << 16) | random.Next(4);
                    byte[] value = new byte[random.Next(6) == 0 ? 0 : 1 + random.Next(random.Next(8) == 0 ? 60 : 20)];
                    random.Fill(value, 0, value.Length);

                    if (step.Changes.Exists(c => c.Key == key) || (!keys.Contains(key) && keys.Count == maxEntries))
                    {
                        continue;
                    }

                    keys.Add(key);
                    step.Changes.Add((key, value));
                }
            }
            else if (step.Kind == StepKind.Delete)
            {
                foreach (int key in new List<int>(keys))
                {
                    if (random.Next(3) == 0)
                    {
                        step.Changes.Add((key, []));
                        keys.Remove(key);
                    }
                }
            }

            _steps.Add(step);
        }
    }

    private enum StepKind
    {
        /// <summary>Entries, each a record.</summary>
        Records,

        /// <summary>Entries in a group.</summary>
        Group,

        /// <summary>Changes of the state, written by a compaction.</summary>
        Compact,

        /// <summary>The same, all of them removals.</summary>
        Delete,
        EraseAll,

        /// <summary>A version of the format that is higher by one.</summary>
        Upgrade,
    }

    /// <summary>Whether a cut in a step leaves the whole state as it was before or as it is after it.</summary>
    public bool IsAtomic(int step)
    {
        return _steps[step].Kind != StepKind.Records;
    }

    /// <summary>Whether what a step takes out of the state must be gone from the medium afterwards.</summary>
    public bool Erases(int step)
    {
        return _steps[step].Kind is StepKind.Delete or StepKind.EraseAll;
    }

    /// <summary>The version of the format from a step on.</summary>
    public int VersionOf(int step)
    {
        int version = 1;

        for (int i = 0; i <= step; i++)
        {
            version += _steps[i].Kind == StepKind.Upgrade ? 1 : 0;
        }

        return version;
    }

    /// <summary>The state after a step.</summary>
    public ModelState StateAfter(ModelState before, int step)
    {
        ModelState after = new(null!);

        if (_steps[step].Kind != StepKind.EraseAll)
        {
            foreach ((int key, string value) in before.Values)
            {
                after.Values[key] = value;
            }
        }

        foreach ((int key, byte[] value) in _steps[step].Changes)
        {
            after.Change(key, value);
        }

        return after;
    }

    /// <summary>Takes a step on a state that has been opened with the version of the step.</summary>
    public JournalVerdict Run(ModelState state, int step)
    {
        Step todo = _steps[step];

        switch (todo.Kind)
        {
            case StepKind.EraseAll:
                state.Values.Clear();

                return state.Journal.EraseAll();

            case StepKind.Compact:
            case StepKind.Delete:
                foreach ((int key, byte[] value) in todo.Changes)
                {
                    state.Change(key, value);
                }

                return state.Journal.Compact();
        }

        if (todo.Kind == StepKind.Group)
        {
            state.Journal.BeginGroup();
        }

        foreach ((int key, byte[] value) in todo.Changes)
        {
            state.Set(key, value);
        }

        if (todo.Kind == StepKind.Group)
        {
            state.Journal.EndGroup();
        }

        return state.Journal.Commit();
    }

    private sealed class Step
    {
        public StepKind Kind;
        public readonly List<(int Key, byte[] Value)> Changes = [];
    }
}
