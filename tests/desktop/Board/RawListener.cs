#nullable enable
using System;
using System.Collections.Generic;
using System.Reflection;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Runtime.Events;

namespace MeshNode.Boards;

/// <summary>
/// The receive path of ble.md section 1.7: replaces the library's hooks, fetches reports into one reused object, and forwards everything else.
/// </summary>
internal sealed class RawListener : IEventProcessor, IEventListener
{
    private const int AdvertisementDiscovered = 4;

    private readonly BaseEvent _report = new();
    private readonly BluetoothLEAdvertisementReceivedEventArgs _args;
    private readonly MethodInfo _fetch;
    private readonly FieldInfo _data;
    private readonly object[] _arguments = new object[1];
    private readonly IEventProcessor _oldProcessor;
    private readonly IEventListener _oldListener;

    public RawListener()
    {
        Type type = typeof(BluetoothLEAdvertisementReceivedEventArgs);
        ConstructorInfo constructor = type.GetConstructor([])!;
        _args = (BluetoothLEAdvertisementReceivedEventArgs)constructor.Invoke([]);
        _fetch = type.GetMethod("NativeCreateFromEvent", BindingFlags.Instance | BindingFlags.NonPublic)!;
        _data = type.GetField("_rawAdvertData", BindingFlags.Instance | BindingFlags.NonPublic)!;
        object old = typeof(BluetoothLEServer).GetField("_bluetoothEventManager", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        _oldProcessor = (IEventProcessor)old;
        _oldListener = (IEventListener)old;
        EventSink.AddEventProcessor(EventCategory.Bluetooth, this);
        EventSink.AddEventListener(EventCategory.Bluetooth, this);
    }

    /// <summary>Data of the reports.</summary>
    public List<byte[]> Received { get; } = [];

    /// <summary>Type, source and data of all other events.</summary>
    public List<(int Type, int Source, uint Data)> Events { get; } = [];

    /// <summary>Is called for each report, if set.</summary>
    public Action? OnReport { get; set; }

    public BaseEvent ProcessEvent(uint data1, uint data2, DateTime time)
    {
        int type = (int)(data1 & 0xFF);

        if (type != AdvertisementDiscovered)
        {
            Events.Add((type, (int)(data1 >> 16), data2));

            return _oldProcessor.ProcessEvent(data1, data2, time);
        }

        _arguments[0] = (int)(data2 & 0xFFFF);

        if ((bool)_fetch.Invoke(_args, _arguments)!)
        {
            Received.Add((byte[])_data.GetValue(_args)!);
            OnReport?.Invoke();
        }

        return _report;
    }

    public void InitializeForEventSource()
    {
    }

    public bool OnEvent(BaseEvent ev)
    {
        return ev == _report || _oldListener.OnEvent(ev);
    }
}
