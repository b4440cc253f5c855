using System.Collections.Generic;

namespace MeshNode.Kit.Messages;

/// <summary>An element as the composition data describes it.</summary>
/// <param name="Location">A GATT Bluetooth Namespace Descriptor.</param>
/// <param name="Models">Its models; in Page 0 those of the Bluetooth SIG come first.</param>
public sealed record ElementDescription(int Location, IReadOnlyList<ModelId> Models);
