using System;

namespace MeshNode.Board.Bluetooth;

/// <summary>A characteristic of a local service, as the library hands it to the native code.</summary>
/// <param name="Id">By which events name it.</param>
internal sealed record CharacteristicDefinition(Guid Uuid, ushort Id);
