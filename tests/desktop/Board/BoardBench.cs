#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using MeshNode.Simulation;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>
/// A virtual board on the bench: runs a few lines as its application, hears what it sends, and lets the test play the air and the clients.
/// </summary>
internal sealed class BoardBench : IBoardRadio
{
    public const ulong Address = 0x24_6F_28_00_00_01;
    public const ushort ProxyService = 0x1828;

    public static readonly Guid DataIn = Utilities.CreateUuidFromShortCode(0x2ADD);
    public static readonly Guid DataOut = Utilities.CreateUuidFromShortCode(0x2ADE);

    public BoardBench(BoardProfile? profile = null)
    {
        Board = new VirtualBoard("bench", profile ?? BoardProfile.Esp32, Clock, this, Address, new Random(1));
    }

    public EventQueue Clock { get; } = new();

    public VirtualBoard Board { get; }

    /// <summary>What the board has sent, with the time.</summary>
    public List<(long Time, AdvertisingPdu Pdu)> Sent { get; } = [];

    /// <summary>Sections of ble.md that the application has violated, in order.</summary>
    public string Violated => string.Join(" ", Board.Violations.Select(v => v.Section));

    /// <summary>Runs an application from reset until it returns or waits for ever, and at least until some time after boot.</summary>
    public static BoardBench Run(Action application, BoardProfile? profile = null, int milliseconds = 20000)
    {
        BoardBench bench = new(profile);
        bench.Board.PowerOn(application);
        bench.Pass(milliseconds);

        return bench;
    }

    public static BoardBench RunClean(Action application, int milliseconds = 20000)
    {
        BoardBench bench = Run(application, null, milliseconds);
        bench.Board.Verify();

        return bench;
    }

    public void Pass(int milliseconds)
    {
        Clock.RunUntil(Clock.Now + milliseconds);
    }

    public void Advertise(AdvertisingPdu pdu)
    {
        Sent.Add((Clock.Now, pdu));
    }

    /// <summary>Lets the board hear a mesh PDU from a neighbour.</summary>
    public void Hear(ulong address, params byte[] data)
    {
        Board.Bluetooth.Hear(new AdvertisingPdu(address, false, AdvertisingType.NonConnectable, data));
    }

    /// <summary>The Mesh Proxy Service with its two characteristics.</summary>
    public static GattServiceProvider CreateProxyService()
    {
        _ = BluetoothLEServer.Instance;
        GattServiceProvider provider = GattServiceProvider.Create(Utilities.CreateUuidFromShortCode(ProxyService)).ServiceProvider;
        provider.Service.CreateCharacteristic(DataIn, new GattLocalCharacteristicParameters
        {
            CharacteristicProperties = GattCharacteristicProperties.WriteWithoutResponse,
        });
        provider.Service.CreateCharacteristic(DataOut, new GattLocalCharacteristicParameters
        {
            CharacteristicProperties = GattCharacteristicProperties.Notify,
        });

        return provider;
    }

    /// <summary>Parameters that advertise the service connectably, as section 7 does.</summary>
    public static GattServiceProviderAdvertisingParameters ProxyParameters()
    {
        GattServiceProviderAdvertisingParameters parameters = new() { CustomAdvertisement = true };
        parameters.Advertisement.Flags = BluetoothLEAdvertisementFlags.GeneralDiscoverableMode | BluetoothLEAdvertisementFlags.ClassicNotSupported;
        Add(parameters.Advertisement, 0x03, 0x28, 0x18);
        Add(parameters.Advertisement, 0x16, 0x28, 0x18, 0, 1, 2, 3, 4, 5, 6, 7, 8);

        return parameters;
    }

    /// <summary>An advertisement that is neither connectable nor discoverable, made so by reflection as section 3 tells.</summary>
    public static BluetoothLEAdvertisement NonConnectable(params byte[] section)
    {
        BluetoothLEAdvertisement advertisement = new();
        Reflection.SetField(advertisement, "_isDiscovable", false);

        if (section.Length > 0)
        {
            Add(advertisement, section[0], section[1..]);
        }

        return advertisement;
    }

    public static void Add(BluetoothLEAdvertisement advertisement, byte type, params byte[] data)
    {
        advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection(type, new nanoFramework.Device.Bluetooth.Buffer(data)));
    }
}
