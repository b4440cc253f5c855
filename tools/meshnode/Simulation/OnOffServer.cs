using System;
using MeshNode.UpperTransport;

namespace MeshNode.Simulation;

/// <summary>
/// A lamp: answers Generic OnOff Get and Set. The firmware's model will take its place.
/// </summary>
public sealed class OnOffServer
{
    // A node waits a moment before it answers, so that many nodes asked at once do not answer at once.
    private const int MinAnswerDelay = 20;
    private const int AnswerDelaySpread = 30;

    private readonly VirtualMesh _mesh;
    private readonly VirtualNode _node;
    private readonly AccessEndpoint _endpoint;
    private readonly int _ttl;
    private readonly Random _random;

    /// <param name="ttl">TTL of its answers.</param>
    public OnOffServer(VirtualMesh mesh, VirtualNode node, AccessEndpoint endpoint, int ttl)
    {
        _mesh = mesh;
        _node = node;
        _endpoint = endpoint;
        _ttl = ttl;
        _random = mesh.CreateRandom();
        endpoint.Received += OnReceived;
    }

    /// <summary>Whether the lamp is on.</summary>
    public bool IsOn { get; private set; }

    private void OnReceived(AccessMessage message)
    {
        if (GenericOnOff.Is(message.Payload, GenericOnOff.Set, 2))
        {
            IsOn = message.Payload[2] == 1;
            Answer(message.Key, message.Source);
        }
        else if (GenericOnOff.Is(message.Payload, GenericOnOff.Get, 0))
        {
            Answer(message.Key, message.Source);
        }
    }

    private void Answer(TransportKey key, int destination)
    {
        _mesh.Clock.After(MinAnswerDelay + _random.Next(AnswerDelaySpread), () =>
            _node.Do((_, _) => _endpoint.Send(key, destination, _ttl, GenericOnOff.Encode(GenericOnOff.Status, (byte)(IsOn ? 1 : 0)))));
    }
}
