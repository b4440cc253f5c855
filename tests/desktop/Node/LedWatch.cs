#nullable enable
using System;
using System.Collections.Generic;
using MeshNode.Board.Gpio;
using MeshNode.Simulation;

namespace MeshNode.NodeApplications;

/// <summary>Watches the status LED of a board.</summary>
internal static class LedWatch
{
    private const int Cycle = 2000;

    /// <summary>Flashes in two seconds, as a text of the number.</summary>
    public static string FlashesPerCycle(NodeBench bench, ApplicationBoard board)
    {
        return Flashes(bench, board, Cycle).Count.ToString();
    }

    /// <summary>How long each flash is that begins within some time, in milliseconds.</summary>
    public static List<long> Flashes(NodeBench bench, ApplicationBoard board, int milliseconds)
    {
        List<long> flashes = [];
        BoardPin pin = board.Board.Pins[NodeBench.Status];
        long end = bench.Mesh.Clock.Now + milliseconds;
        long? start = null;
        bool isOver = false;

        void OnChanged(BoardPin changed)
        {
            if (changed.Level && !isOver)
            {
                start = bench.Mesh.Clock.Now;
            }
            else if (!changed.Level && start is { } began)
            {
                flashes.Add(bench.Mesh.Clock.Now - began);
                start = null;
            }
        }

        pin.Changed += OnChanged;
        bench.Mesh.Clock.RunUntil(end);
        isOver = true;
        bench.Mesh.Clock.RunUntil(() => start == null, end + Cycle);
        pin.Changed -= OnChanged;

        return flashes;
    }
}
