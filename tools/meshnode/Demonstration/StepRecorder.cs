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

    /// <summary>Adverts of mesh messages, provisioning and beacons that were sent.</summary>
    public int Adverts { get; private set; }

    public void Add(TraceEvent traceEvent)
    {
        Adverts += traceEvent is FrameSent ? 1 : 0;

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
        }
    }

    /// <summary>Begins the next step.</summary>
    public void Clear()
    {
        _journeys.Clear();
        _order.Clear();
        Values.Clear();
        Adverts = 0;
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
