using MeshNode.Board;
using nanoFramework.Device.Bluetooth.Advertisement;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Scans for adverts.</summary>
public class BluetoothLEAdvertisementWatcher
{
    public BluetoothLEAdvertisementWatcher()
        : this(new BluetoothLEAdvertisementFilter())
    {
    }

    public BluetoothLEAdvertisementWatcher(BluetoothLEAdvertisementFilter advertisementFilter)
    {
        AdvertisementFilter = advertisementFilter;
        SignalStrengthFilter = new BluetoothSignalStrengthFilter();
    }

    public delegate void BluetoothLEAdvertisementReceivedHandler(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args);

    public delegate void BluetoothLEAdvertisementStoppedEvenHandler(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementWatcherStoppedEventArgs args);

    public event BluetoothLEAdvertisementReceivedHandler Received;

    public event BluetoothLEAdvertisementStoppedEvenHandler Stopped;

    public BluetoothLEAdvertisementFilter AdvertisementFilter { get; set; }

    public BluetoothSignalStrengthFilter SignalStrengthFilter { get; set; }

    public BluetoothLEScanningMode ScanningMode { get; set; }

    public BluetoothLEAdvertisementWatcherStatus Status { get; private set; }

    public void Start()
    {
        using AccountScope scope = Chip.EnterLibrary();
        BluetoothNanoDevice.CheckMode(BluetoothMode.Client);
        Status = BluetoothLEAdvertisementWatcherStatus.Started;
        NativeStartAdvertisementWatcher((int)ScanningMode);
        BluetoothNanoDevice.State.Watcher = this;
    }

    public void Stop()
    {
        using AccountScope scope = Chip.EnterLibrary();
        BluetoothNanoDevice.State.Watcher = null;
        NativeStopAdvertisementWatcher();
        Status = BluetoothLEAdvertisementWatcherStatus.Stopped;
        BluetoothLEDevice.IdleOnLastConnection();
    }

    internal void OnReceived(BluetoothLEAdvertisementReceivedEventArgs args)
    {
        if (AdvertisementFilter != null && !AdvertisementFilter.Accepts(args.Advertisement))
        {
            return;
        }

        using AccountScope scope = Chip.EnterApplication();
        Received?.Invoke(this, args);
    }

    // Applications call these two by reflection.
    private void NativeStartAdvertisementWatcher(int mode)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.StartScan();
    }

    private void NativeStopAdvertisementWatcher()
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.StopScan();
    }
}
