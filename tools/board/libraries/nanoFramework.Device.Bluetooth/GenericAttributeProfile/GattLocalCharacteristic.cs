using System;
using System.Collections.Generic;
using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A characteristic of a local service.</summary>
public class GattLocalCharacteristic
{
    private const byte UnlikelyError = 0x0E;

    private readonly List<GattSubscribedClient> _subscribedClients = [];

    internal GattLocalCharacteristic(Guid characteristicUuid, GattLocalCharacteristicParameters parameters)
    {
        Uuid = characteristicUuid;
        CharacteristicProperties = parameters.CharacteristicProperties;
        ReadProtectionLevel = parameters.ReadProtectionLevel;
        WriteProtectionLevel = parameters.WriteProtectionLevel;
        StaticValue = parameters.StaticValue;
        UserDescription = parameters.UserDescription;
        Id = ++BluetoothNanoDevice.State.LastCharacteristicId;

        lock (BluetoothNanoDevice.State.Characteristics)
        {
            BluetoothNanoDevice.State.Characteristics.Add(this);
        }
    }

    public delegate void GattLocalCharacteristicReadEventHandler(GattLocalCharacteristic sender, GattReadRequestedEventArgs ReadRequestEventArgs);

    public delegate void GattLocalCharacteristicWriteEventHandler(GattLocalCharacteristic sender, GattWriteRequestedEventArgs WriteRequestEventArgs);

    public delegate void GattLocalCharacteristicClientsChangedEventHandler(GattLocalCharacteristic sender, object args);

    public event GattLocalCharacteristicReadEventHandler ReadRequested;

    public event GattLocalCharacteristicWriteEventHandler WriteRequested;

    public event GattLocalCharacteristicClientsChangedEventHandler SubscribedClientsChanged;

    public GattCharacteristicProperties CharacteristicProperties { get; }

    public GattProtectionLevel ReadProtectionLevel { get; }

    public GattProtectionLevel WriteProtectionLevel { get; }

    public Buffer StaticValue { get; }

    public string UserDescription { get; }

    public Guid Uuid { get; }

    public GattSubscribedClient[] SubscribedClients
    {
        get
        {
            using AccountScope scope = Chip.EnterLibrary();

            return [.. _subscribedClients];
        }
    }

    internal ushort Id { get; }

    public GattClientNotificationResult[] NotifyValue(Buffer value)
    {
        using AccountScope scope = Chip.EnterLibrary();
        GattClientNotificationResult[] results = new GattClientNotificationResult[_subscribedClients.Count];

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = NotifyValue(value, _subscribedClients[i]);
        }

        return results;
    }

    public GattClientNotificationResult NotifyValue(Buffer value, GattSubscribedClient subscribedClient)
    {
        using AccountScope scope = Chip.EnterLibrary();
        byte[] octets = value.Data.AsSpan(0, (int)value.Length).ToArray();
        int error = Chip.Boot.Bluetooth.Notify((ushort)subscribedClient.Session.DeviceId.Id, Id, octets);

        return new GattClientNotificationResult((byte)error, subscribedClient, (ushort)value.Length);
    }

    internal void OnRead(GattReadRequestedEventArgs args)
    {
        if (StaticValue != null)
        {
            args.GetRequest().RespondWithValue(StaticValue);
        }
        else if (ReadRequested != null)
        {
            using AccountScope scope = Chip.EnterApplication();
            ReadRequested.Invoke(this, args);
        }
        else
        {
            args.GetRequest().RespondWithProtocolError(UnlikelyError);
        }
    }

    internal void OnWrite(GattWriteRequestedEventArgs args)
    {
        if (WriteRequested != null)
        {
            using AccountScope scope = Chip.EnterApplication();
            WriteRequested.Invoke(this, args);
        }
        else
        {
            args.GetRequest().RespondWithProtocolError(UnlikelyError);
        }
    }

    internal void OnSubscribed(GattSubscribedClient client, bool isSubscribed)
    {
        int index = _subscribedClients.FindIndex(c => c.Session.DeviceId.Id == client.Session.DeviceId.Id);

        if (isSubscribed && index < 0)
        {
            _subscribedClients.Add(client);
        }
        else if (!isSubscribed && index >= 0)
        {
            _subscribedClients.RemoveAt(index);
        }

        using AccountScope scope = Chip.EnterApplication();
        SubscribedClientsChanged?.Invoke(this, null);
    }
}
