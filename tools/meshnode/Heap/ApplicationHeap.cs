using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MeshNode.Board.Files;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Simulation;
using MeshNode.Tool.Run;

namespace MeshNode.Tool.Heap;

/// <summary>
/// The objects of a board's application, which has started on its virtual board and whose node is configured in full, see
/// <see cref="ConfiguredNode"/>.
/// </summary>
internal sealed class ApplicationHeap
{
    private const int StartTime = 5000;

    private const int Mtu = 69;
    private const int SampleTime = 10;
    private const int Patience = 120000;

    private NodeApplication? _application;
    private ConfiguredNode? _node;

    /// <param name="profile">Makes the capacities; null for those that the board's maker has decided.</param>
    public ApplicationHeap(BoardModel model, Func<StackProfile>? profile)
    {
        VirtualMesh mesh = new(1);
        MeshBoard board = mesh.AddBoard(model.Name, model.Profile);

        // Where the board has a resistor.
        board.Board.Pins[model.Pins().Button].Drive(true);

        // It joins, and starts once more: what provisioning needs is garbage by then.
        foreach (bool isJoined in new[] { false, true })
        {
            board.Board.PowerOn(() =>
            {
                NodeSettings settings = model.Settings();
                settings.Profile = profile == null ? settings.Profile : profile();
                StackProfile capacities = settings.Profile;
                _application = new NodeApplication(model.Pins(), settings);
                _application.Start();
                _node = new ConfiguredNode(_application.Node);

                if (isJoined)
                {
                    _node.Configure(capacities, board.Board.UpTime);
                }
                else
                {
                    _node.Join(board.Board.UpTime);
                }

                while (true)
                {
                    _application.Step();
                }
            });
            mesh.Clock.RunUntil(mesh.Clock.Now + StartTime);
            board.Board.Verify();

            if (!isJoined)
            {
                board.Board.PowerOff();
            }
        }

        Assembly = AssemblyCost.Of(Path.Combine(AppContext.BaseDirectory, "netnano1.0", model.Assembly + ".exe"));
        Statics = HeapWalk.Statics();
        (Node, Application) = HeapWalk.Objects(_application!);
        _node!.StartKeyRefresh();
        KeyRefresh = HeapWalk.Objects(_application!).Node.Sum(p => p.Octets) - Node.Sum(p => p.Octets);
        board.Board.PowerOff();
        Provisioning = Provision(model, profile);
    }

    /// <summary>The assembly with the entry point.</summary>
    public AssemblyCost Assembly { get; }

    /// <summary>The objects of static fields.</summary>
    public IReadOnlyList<HeapPart> Statics { get; }

    /// <summary>The objects of the application but for those of its node.</summary>
    public IReadOnlyList<HeapPart> Application { get; }

    /// <summary>The objects of its node.</summary>
    public IReadOnlyList<HeapPart> Node { get; }

    /// <summary>Octets more while all keys are being refreshed.</summary>
    public int KeyRefresh { get; }

    /// <summary>Octets of the objects of application and node together while a phone provisions it over PB-GATT, at most.</summary>
    public int Provisioning { get; }

    private static int Provision(BoardModel model, Func<StackProfile>? profile)
    {
        VirtualMesh mesh = new(1);
        MeshBoard board = mesh.AddBoard(model.Name, model.Profile);
        VirtualPhone phone = new(mesh, "phone", new MeshNetwork(new SeededRandomSource(mesh.CreateRandom())));
        NodeApplication? application = null;
        mesh.Radio.Connect(board.Antenna, phone.Antenna);
        board.Board.Pins[model.Pins().Button].Drive(true);
        board.Board.PowerOn(() =>
        {
            NodeSettings settings = model.Settings();
            settings.Profile = profile == null ? settings.Profile : profile();
            application = new NodeApplication(model.Pins(), settings);
            application.Run();
        });
        mesh.Clock.RunUntil(StartTime);
        byte[] uuid = board.Board.Files.Read(FlashFileSystem.Root + "uuid");
        mesh.Clock.RunUntil(() => phone.SeesDevice(board.Antenna, uuid) && phone.Connect(board, Mtu, new GattParameters()), Patience);
        phone.Provision(new ProvisioningPolicy());
        int most = 0;

        while (!phone.IsFinished && mesh.Clock.Now < Patience)
        {
            mesh.Clock.RunUntil(mesh.Clock.Now + SampleTime);

            if (!application!.Node.IsProvisioned)
            {
                (IReadOnlyList<HeapPart> node, IReadOnlyList<HeapPart> other) = HeapWalk.Objects(application);
                most = Math.Max(most, node.Sum(p => p.Octets) + other.Sum(p => p.Octets));
            }
        }

        if (phone.Provisioned is null)
        {
            throw new InvalidOperationException("the board is not provisioned");
        }

        board.Board.Verify();
        board.Board.PowerOff();

        return most;
    }
}
