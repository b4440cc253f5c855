#nullable enable
using System;
using System.Linq;
using MeshNode.Board;
using MeshNode.Hardware;
using MeshNode.Kit.Networks;
using MeshNode.Network;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The application of firmware/Node on virtual boards in the air of the simulation, and a phone beside them.</summary>
internal sealed class NodeBench
{
    public const int Lamp = 2;
    public const int Status = 4;
    public const int Button = 0;
    public const int AppKey = 0;
    public const int LampGroup = 0xC001;

    public NodeBench(int seed = 1)
    {
        Mesh = new VirtualMesh(seed);
        Network = new MeshNetwork(new SeededRandomSource(Mesh.CreateRandom()));
        Network.AddAppKey(AppKey, Subnet.PrimaryNetKeyIndex);
        Phone = new VirtualPhone(Mesh, "phone", Network);
        Commissioner = new VirtualCommissioner(Mesh, "PC", Network);
    }

    public VirtualMesh Mesh { get; }

    public MeshNetwork Network { get; }

    public VirtualPhone Phone { get; }

    public VirtualCommissioner Commissioner { get; }

    /// <summary>A board in range of the phone and of the commissioner, without power.</summary>
    public NodeBoard AddBoard(string name = "B", BoardProfile? profile = null, NodeSettings? settings = null)
    {
        NodeBoard board = new(Mesh, name, profile ?? BoardProfile.Esp32, settings);
        Mesh.Radio.Connect(board.Radio.Antenna, Phone.Antenna);
        Mesh.Radio.Connect(board.Radio.Antenna, Commissioner.Antenna);

        return board;
    }

    public void Pass(int milliseconds)
    {
        Mesh.Clock.RunUntil(Mesh.Clock.Now + milliseconds);
    }

    public void Until(Func<bool> condition, int milliseconds, string what)
    {
        Assert.IsTrue(Mesh.Clock.RunUntil(condition, Mesh.Clock.Now + milliseconds), what);
    }
}
