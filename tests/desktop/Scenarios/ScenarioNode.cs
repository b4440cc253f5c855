#nullable enable
using MeshNode.Access;
using MeshNode.Kit.Networks;
using MeshNode.Models;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;
using MeshNode.Simulation;

namespace MeshNode.Scenarios;

/// <summary>A lamp that answers echoes too, with a button as its second element.</summary>
internal sealed class ScenarioNode : IStateClient
{
    private const int Company = 0x05F1;
    private const int Faults = 4;

    private readonly VirtualMesh _mesh;
    private readonly LightLightnessServer _lightness;

    public ScenarioNode(VirtualMesh mesh, string name, StackProfile profile)
    {
        _mesh = mesh;
        Composition composition = new(Company, 1, 1);
        Element element = composition.AddElement(0);
        element.Add(new ConfigurationServer(true, true, true));
        element.Add(Health);
        element.Add(new SarConfigurationServer());
        _lightness = LightnessElement.Compose(element, this);
        element.Add(new EchoServer());
        composition.AddElement(0).Add(Button);
        Device = mesh.AddNode(name, composition, profile);
    }

    /// <summary>Its firmware and bearers.</summary>
    public VirtualNode Device { get; }

    /// <summary>The firmware's node.</summary>
    public Node Node => Device.Node;

    /// <summary>The Health Server.</summary>
    public HealthServer Health { get; } = new(null, Faults);

    /// <summary>The button.</summary>
    public GenericOnOffClient Button { get; } = new(null);

    /// <summary>What the owner of the network knows of it, once it is a node.</summary>
    public KnownNode? Known { get; set; }

    /// <summary>Unicast address of the lamp.</summary>
    public int Address => Node.Stack.Network.PrimaryAddress;

    /// <summary>Unicast address of the button.</summary>
    public int ButtonAddress => Address + 1;

    /// <summary>Whether the lamp is on.</summary>
    public bool IsOn => _lightness.Actual(_mesh.Clock.Now) > 0;

    /// <summary>How often the lamp has changed.</summary>
    public int Changes { get; private set; }

    /// <summary>Presses the button.</summary>
    public void Press(bool on)
    {
        Device.Do((_, now) => Button.Set(on, false, now));
    }

    public void OnStateChanged(Model server, int value, long now)
    {
        Changes++;
    }
}
