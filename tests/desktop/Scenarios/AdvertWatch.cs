#nullable enable
using MeshNode.Bearers;
using MeshNode.Simulation;

namespace MeshNode.Scenarios;

/// <summary>Looks at the connectable adverts of one node.</summary>
internal sealed class AdvertWatch : IRadioListener
{
    private const int ServiceOffset = 9;
    private const int ServiceDataOffset = 11;

    public AdvertWatch(VirtualMesh mesh, ScenarioNode node)
    {
        mesh.Radio.Connect(mesh.Radio.Attach("watch", this), node.Device.Antenna);
    }

    /// <summary>Adverts since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Service of the last advert.</summary>
    public int Service { get; private set; }

    /// <summary>Identification Type of the last advert of the Mesh Proxy Service.</summary>
    public int Type { get; private set; } = -1;

    public void Clear()
    {
        Count = 0;
        Type = -1;
    }

    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
    }

    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
        Count++;
        Service = LittleEndian.ReadUInt16(data, ServiceOffset);
        Type = Service == GattService.Proxy ? data[ServiceDataOffset] : -1;
    }

    public void OnSent(int tag)
    {
    }
}
