using System;
using System.Collections.Generic;

namespace MeshNode.Board.Bluetooth;

/// <summary>A local service, as the library hands it to the native code.</summary>
internal sealed record ServiceDefinition(Guid Uuid, IReadOnlyList<CharacteristicDefinition> Characteristics);
