using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A local service.</summary>
public class GattLocalService
{
    private readonly List<GattLocalCharacteristic> _characteristics = [];

    internal GattLocalService(Guid serviceUuid)
    {
        Uuid = serviceUuid;
    }

    public GattLocalCharacteristic[] Characteristics => [.. _characteristics];

    public Guid Uuid { get; }

    internal ServiceDefinition Definition => new(Uuid, _characteristics.Select(c => new CharacteristicDefinition(c.Uuid, c.Id)).ToArray());

    public GattLocalCharacteristicResult CreateCharacteristic(Guid characteristicUuid, GattLocalCharacteristicParameters parameters)
    {
        using AccountScope scope = Chip.EnterLibrary();
        GattLocalCharacteristic characteristic = new(characteristicUuid, parameters);
        _characteristics.Add(characteristic);

        // The library asks the server for its security here. When there was none yet, its constructor forgets the characteristic again.
        _ = BluetoothLEServer.Instance;

        return new GattLocalCharacteristicResult(characteristic);
    }
}
