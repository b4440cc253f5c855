using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board.Memory;

namespace MeshNode.Board.Bluetooth;

/// <summary>Definitions of services in native memory, to which NimBLE keeps pointers once they are registered.</summary>
internal sealed class GattTables(IReadOnlyList<ServiceDefinition> services, IReadOnlyList<NativeBlock> blocks)
{
    public IReadOnlyList<ServiceDefinition> Services => services;

    public IReadOnlyList<NativeBlock> Blocks => blocks;

    public CharacteristicDefinition? Find(Guid characteristic)
    {
        return services.SelectMany(s => s.Characteristics).FirstOrDefault(c => c.Uuid == characteristic);
    }

    public bool Has(ushort id)
    {
        return services.Any(s => s.Characteristics.Any(c => c.Id == id));
    }
}
