using System;
using System.Collections;
using System.Linq;
using System.Text;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Runtime.Native;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>
/// Offers a service: its tables, and those of all other services, exist from <see cref="StartAdvertising()"/> on, until
/// <see cref="StopAdvertising"/> stops the whole stack. See ble.md sections 2 and 8.
/// </summary>
public class GattServiceProvider
{
    private const ushort DeviceInformation = 0x180A;
    private const ushort ManufacturerName = 0x2A29;
    private const ushort ModelNumber = 0x2A24;

    private BluetoothLEAdvertisementPublisher _publisher;

    private GattServiceProvider(Guid serviceUuid)
    {
        Service = new GattLocalService(serviceUuid);
        Register();

        if (BluetoothNanoDevice.State.Services.Count == 1)
        {
            AddDeviceInformation();
        }
    }

    public GattServiceProviderAdvertisementStatus AdvertisementStatus { get; private set; }

    public GattLocalService Service { get; }

    public static GattServiceProviderResult Create(Guid serviceUuid)
    {
        using AccountScope scope = Chip.EnterLibrary();

        return new GattServiceProviderResult(new GattServiceProvider(serviceUuid));
    }

    public void StartAdvertising()
    {
        StartAdvertising(new GattServiceProviderAdvertisingParameters());
    }

    public void StartAdvertising(GattServiceProviderAdvertisingParameters parameters)
    {
        using AccountScope scope = Chip.EnterLibrary();

        if (BluetoothNanoDevice.RunMode != BluetoothMode.Server)
        {
            BluetoothLEServer.Instance.Start();
        }

        parameters.Advertisement.IsConnectable = parameters.IsConnectable;
        parameters.Advertisement.IsDiscoverable = parameters.IsDiscoverable;
        ServiceDefinition[] services = BluetoothNanoDevice.State.Services.Cast<GattServiceProvider>().Select(p => p.Service.Definition).ToArray();

        if (!Chip.Boot.Bluetooth.InitializeServiceConfig(services))
        {
            return;
        }

        if (!parameters.CustomAdvertisement)
        {
            AddServiceSections(parameters);
        }

        _publisher = new BluetoothLEAdvertisementPublisher(parameters.Advertisement);
        _publisher.StatusChanged += OnPublisherStatus;
        _publisher.Start();
    }

    public void StopAdvertising()
    {
        using AccountScope scope = Chip.EnterLibrary();
        _publisher.Stop();
    }

    private void OnPublisherStatus(object sender, BluetoothLEAdvertisementPublisherStatusChangedEventArgs args)
    {
        switch (args.Status)
        {
            case BluetoothLEAdvertisementPublisherStatus.Started:
                AdvertisementStatus = _publisher.IsCut
                    ? GattServiceProviderAdvertisementStatus.StartedWithoutAllAdvertisementData
                    : GattServiceProviderAdvertisementStatus.Started;
                break;

            case BluetoothLEAdvertisementPublisherStatus.Stopped:
                AdvertisementStatus = GattServiceProviderAdvertisementStatus.Stopped;
                Chip.Boot.Bluetooth.DisposeServiceConfig();
                BluetoothNanoDevice.RunMode = BluetoothMode.NotRunning;
                break;
        }
    }

    private void AddServiceSections(GattServiceProviderAdvertisingParameters parameters)
    {
        DataWriter uuid = new();
        BluetoothLEAdvertisementDataSectionType list = BluetoothLEAdvertisementDataSectionType.CompleteList128uuid;
        BluetoothLEAdvertisementDataSectionType data = BluetoothLEAdvertisementDataSectionType.ServiceData128bitUuid;

        switch (Utilities.TypeOfUuid(Service.Uuid))
        {
            case Utilities.UuidType.Uuid16:
                uuid.WriteUInt16(Utilities.ConvertUuidToShortId(Service.Uuid));
                list = BluetoothLEAdvertisementDataSectionType.CompleteList16uuid;
                data = BluetoothLEAdvertisementDataSectionType.ServiceData16bitUuid;
                break;

            case Utilities.UuidType.Uuid32:
                uuid.WriteUInt32(Utilities.ConvertUuidToIntId(Service.Uuid));
                list = BluetoothLEAdvertisementDataSectionType.CompleteList32uuid;
                data = BluetoothLEAdvertisementDataSectionType.ServiceData32bitUuid;
                break;

            default:
                uuid.WriteUuid(Service.Uuid);
                break;
        }

        parameters.Advertisement.AddOrUpdate(list, uuid.DetachBuffer());

        if (parameters.ServiceData != null)
        {
            uuid.WriteBuffer(parameters.ServiceData);
            parameters.Advertisement.AddOrUpdate(data, uuid.DetachBuffer());
        }
    }

    private void Register()
    {
        ArrayList services = BluetoothNanoDevice.State.Services;

        for (int i = 0; i < services.Count; i++)
        {
            if (((GattServiceProvider)services[i]).Service.Uuid == Service.Uuid)
            {
                services[i] = this;

                return;
            }
        }

        services.Add(this);
    }

    private void AddDeviceInformation()
    {
        GattLocalService service = new GattServiceProvider(Utilities.CreateUuidFromShortCode(DeviceInformation)).Service;
        AddText(service, ManufacturerName, "nanoFramework");
        AddText(service, ModelNumber, SystemInfo.Platform);
    }

    private static void AddText(GattLocalService service, ushort characteristic, string text)
    {
        service.CreateCharacteristic(Utilities.CreateUuidFromShortCode(characteristic), new GattLocalCharacteristicParameters
        {
            CharacteristicProperties = GattCharacteristicProperties.Read,
            StaticValue = new Buffer(Encoding.UTF8.GetBytes(text)),
        });
    }
}
