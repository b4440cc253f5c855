using System.Collections;
using System.Collections.Generic;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace nanoFramework.Device.Bluetooth;

/// <summary>What the library keeps in static fields, for one board since its reset.</summary>
internal sealed class BluetoothState
{
    public BluetoothMode Mode { get; set; }

    public string DeviceName { get; set; } = "nanoFramework";

    public ushort Appearance { get; set; }

    /// <summary>The server as applications get it.</summary>
    public BluetoothLEServer Instance { get; set; }

    /// <summary>The server that gets session events.</summary>
    public BluetoothLEServer EventServer { get; set; }

    public ArrayList Services { get; set; } = [];

    public ushort LastCharacteristicId { get; set; }

    public List<GattLocalCharacteristic> Characteristics { get; } = [];

    public List<BluetoothLEDevice> Devices { get; } = [];

    public BluetoothLEAdvertisementWatcher Watcher { get; set; }

    public Queue<ushort> WatcherQueue { get; } = new();

    public MeshNode.Board.Threads.BoardEvent WatcherEvent { get; set; }
}
