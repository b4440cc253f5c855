using MeshNode.Access;
using MeshNode.Models;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;

namespace MeshNode.Tool;

/// <summary>Elements and models of the tool's nodes: a lamp that can be dimmed, and a button.</summary>
internal sealed class LampComposition
{
    private const int Company = 0x05F1;
    private const int Product = 1;
    private const int Version = 1;
    private const int Faults = 4;

    /// <param name="lamp">Is told of each change of the lamp, or null.</param>
    /// <param name="health">Is told of attention, or null.</param>
    /// <param name="echo">Whether the vendor model that answers with what it was given is on the lamp's element.</param>
    public LampComposition(IStateClient? lamp, IHealthClient? health, bool echo)
    {
        Composition = new Composition(Company, Product, Version);
        Element element = Composition.AddElement(0);
        element.Add(new ConfigurationServer(true, true, true));
        element.Add(new HealthServer(health, Faults));
        element.Add(new SarConfigurationServer());
        Lightness = LightnessElement.Compose(element, lamp);

        if (echo)
        {
            element.Add(new EchoServer());
        }

        Button = new GenericOnOffClient(null);
        Composition.AddElement(0).Add(Button);
    }

    /// <summary>Elements and models.</summary>
    public Composition Composition { get; }

    /// <summary>The lamp.</summary>
    public LightLightnessServer Lightness { get; }

    /// <summary>The button.</summary>
    public GenericOnOffClient Button { get; }
}
