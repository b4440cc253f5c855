using System;
using System.Collections.Generic;

namespace MeshNode;

/// <summary>What was true of a life just before an operation on its flash.</summary>
/// <param name="Step">What is done with the flash.</param>
/// <param name="Chapter">The part of the life that it belongs to.</param>
/// <param name="Version">Format version that the node has.</param>
/// <param name="Used">The first SEQ that was not used, for each unicast address the node has had, and each IV Index.</param>
/// <param name="Accepted">Messages accepted, those from before a reset not counted: the network may send them to the new node too.</param>
/// <param name="ProxyMessages">Proxy configuration messages accepted, likewise.</param>
internal sealed record LifeMoment(
    FlashStep Step, int Chapter, long Now, int Version, IReadOnlyDictionary<(int Address, uint IvIndex), uint> Used, Range Accepted, Range ProxyMessages);
