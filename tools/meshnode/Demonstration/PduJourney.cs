using System.Collections.Generic;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>Where one Network PDU went: from hop to hop its octets change, SRC and SEQ stay.</summary>
internal sealed class PduJourney
{
    private readonly Dictionary<string, PduStop> _stops = [];
    private readonly List<PduStop> _order = [];

    /// <param name="pdu">Its octets where it was seen first.</param>
    /// <param name="header">What can be read of it, or <see langword="null"/> when it is of another network.</param>
    /// <param name="origin">The device that sent it first.</param>
    public PduJourney(byte[] pdu, ObservedPdu? header, string origin)
    {
        Pdu = pdu;
        Header = header;
        Origin = origin;
    }

    public byte[] Pdu { get; }

    public ObservedPdu? Header { get; }

    public string Origin { get; }

    /// <summary>Transmissions over the radio, by all devices together.</summary>
    public int Transmissions { get; private set; }

    /// <summary>Copies that were not heard.</summary>
    public int Lost { get; private set; }

    /// <summary>The devices that heard it, in the order in which it reached them.</summary>
    public IReadOnlyList<PduStop> Stops => _order;

    public PduStop? Stop(string device)
    {
        return _stops.GetValueOrDefault(device);
    }

    public void Add(TraceEvent traceEvent)
    {
        switch (traceEvent)
        {
            case FrameSent:
                Transmissions++;
                break;

            case FrameLost:
                Lost++;
                break;

            case NetworkPduReceived received:
                Add(received);
                break;
        }
    }

    private void Add(NetworkPduReceived received)
    {
        if (!_stops.TryGetValue(received.Device, out PduStop? stop))
        {
            stop = new PduStop(received.Device);
            _stops.Add(received.Device, stop);
            _order.Add(stop);
        }

        stop.Add(received);
    }
}
