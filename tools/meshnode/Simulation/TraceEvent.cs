using MeshNode.Beacons;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Simulation;

/// <summary>Something that happened in the simulation.</summary>
/// <param name="Time">Simulated milliseconds.</param>
/// <param name="Device">Where it happened.</param>
public abstract record TraceEvent(long Time, string Device);

/// <summary>An advert left an antenna.</summary>
/// <param name="Transmission">Which of the payload's transmissions it is, from 1 on.</param>
public sealed record FrameSent(long Time, string Device, int Type, byte[] Payload, int Transmission, int Transmissions) : TraceEvent(Time, Device);

/// <summary>An advert was not heard by an antenna in range.</summary>
public sealed record FrameLost(long Time, string Device, string From, int Type, byte[] Payload) : TraceEvent(Time, Device);

/// <summary>A Network PDU reached a network layer.</summary>
/// <param name="From">The antenna or GATT client it came from.</param>
/// <param name="Accepted">What the network layer read and did, when <paramref name="Verdict"/> says that the PDU was authenticated.</param>
public sealed record NetworkPduReceived(long Time, string Device, string From, byte[] Pdu, NetworkVerdict Verdict, AcceptedPdu? Accepted) : TraceEvent(Time, Device);

/// <summary>A beacon reached a beacon layer.</summary>
/// <param name="IvIndexVerdict">What it meant for the IV Index, or <see langword="null"/> when it was not authenticated.</param>
public sealed record BeaconReceived(long Time, string Device, string From, byte[] Beacon, BeaconVerdict Verdict, IvIndexVerdict? IvIndexVerdict) : TraceEvent(Time, Device);

/// <summary>A client wrote a Proxy PDU to a node.</summary>
public sealed record ValueWritten(long Time, string Device, string From, byte[] Value, ProxyVerdict Verdict) : TraceEvent(Time, Device);

/// <summary>A node notified a client of a Proxy PDU.</summary>
public sealed record ValueNotified(long Time, string Device, string From, byte[] Value) : TraceEvent(Time, Device);
