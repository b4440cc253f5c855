using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>Collects what happens in one step of the demonstration.</summary>
internal sealed class StepRecorder
{
    private readonly VirtualMesh _mesh;
    private readonly NetworkPduReader _reader;
    private readonly Dictionary<string, PduJourney> _journeys = [];
    private readonly List<PduJourney> _order = [];

    public StepRecorder(VirtualMesh mesh, NetworkPduReader reader)
    {
        _mesh = mesh;
        _reader = reader;
    }

    /// <summary>The PDUs, in the order in which they appeared.</summary>
    public IReadOnlyList<PduJourney> Journeys => _order;

    /// <summary>Values written to and notified by the proxy.</summary>
    public List<TraceEvent> Values { get; } = [];

    /// <summary>Access messages that were decrypted.</summary>
    public List<AccessMessageReceived> Messages { get; } = [];

    public void Add(TraceEvent traceEvent)
    {
        switch (traceEvent)
        {
            case FrameSent { Type: AdvertisingData.MeshMessage } sent:
                Journey(sent.Payload, sent.Device).Add(sent);
                break;

            case FrameLost { Type: AdvertisingData.MeshMessage } lost when _mesh.Nodes.Any(node => node.Name == lost.Device):
                Journey(lost.Payload, lost.From).Add(lost);
                break;

            case NetworkPduReceived received:
                Journey(received.Pdu, received.From).Add(received);
                break;

            case ValueWritten or ValueNotified:
                Values.Add(traceEvent);
                break;

            case AccessMessageReceived message:
                Messages.Add(message);
                break;
        }
    }

    /// <summary>Begins the next step.</summary>
    public void Clear()
    {
        _journeys.Clear();
        _order.Clear();
        Values.Clear();
        Messages.Clear();
    }

    /// <summary>The message with a sample's source, destination and access payload that a device has received, if any.</summary>
    public AccessMessage? Received(string device, SpecificationSample sample)
    {
        return Messages.FirstOrDefault(m => m.Device == device
            && m.Message.Source == sample.Source
            && m.Message.Destination == sample.Destination
            && m.Message.Payload.AsSpan().SequenceEqual(sample.Access))?.Message;
    }

    private PduJourney Journey(byte[] pdu, string origin)
    {
        ObservedPdu? header = _reader.Read(pdu);
        string key = header == null ? Convert.ToHexString(pdu) : $"{header.IvIndex} {header.Source} {header.Sequence}";

        if (!_journeys.TryGetValue(key, out PduJourney? journey))
        {
            journey = new PduJourney(pdu, header, origin);
            _journeys.Add(key, journey);
            _order.Add(journey);
        }

        return journey;
    }
}
