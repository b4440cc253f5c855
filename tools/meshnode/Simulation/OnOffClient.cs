using MeshNode.UpperTransport;

namespace MeshNode.Simulation;

/// <summary>
/// A switch: sends Generic OnOff Get and Set and takes the Status. The firmware's model will take its place.
/// </summary>
public sealed class OnOffClient
{
    private readonly AccessEndpoint _endpoint;
    private readonly TransportKey _key;
    private readonly int _ttl;
    private byte _transaction;

    public OnOffClient(AccessEndpoint endpoint, TransportKey key, int ttl)
    {
        _endpoint = endpoint;
        _key = key;
        _ttl = ttl;
        endpoint.Received += OnReceived;
    }

    /// <summary>What the last Status since <see cref="Forget"/> said.</summary>
    public bool? Status { get; private set; }

    /// <summary>Begins a new transaction, whose Status is not yet known.</summary>
    public void Forget()
    {
        _transaction++;
        Status = null;
    }

    /// <summary>Asks for the state of a lamp.</summary>
    public void SendGet(int destination)
    {
        _endpoint.Send(_key, destination, _ttl, GenericOnOff.Encode(GenericOnOff.Get));
    }

    /// <summary>Switches a lamp; a repetition belongs to the same transaction.</summary>
    public void SendSet(int destination, bool on)
    {
        _endpoint.Send(_key, destination, _ttl, GenericOnOff.Encode(GenericOnOff.Set, (byte)(on ? 1 : 0), _transaction));
    }

    private void OnReceived(AccessMessage message)
    {
        if (GenericOnOff.Is(message.Payload, GenericOnOff.Status, 1))
        {
            Status = message.Payload[2] == 1;
        }
    }
}
