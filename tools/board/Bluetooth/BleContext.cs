using System.Collections.Generic;
using System.Linq;
using System.Text;
using MeshNode.Board.Memory;

namespace MeshNode.Board.Bluetooth;

/// <summary>
/// The one context of nanoFramework's native code: pointers to advertising data, name and tables, with its habits of overwriting them.
/// See ble.md sections 2 and 3.
/// </summary>
internal sealed class BleContext(NativeHeap heap)
{
    // Of the structures of an ESP32 image, estimated: a service with its terminators, and what each characteristic adds.
    private const int ContextSize = 32;
    private const int ServiceSize = 52;
    private const int CharacteristicSize = 50;

    private NativeBlock? _name;
    private NativeBlock? _contextName;
    private NativeBlock? _advertisingBlock;
    private NativeBlock? _scanResponseBlock;
    private byte[] _advertisingData = [];
    private byte[] _scanResponse = [];

    public bool IsConnectable { get; private set; }

    public bool IsDiscoverable { get; private set; }

    public int AdvertisingLength { get; private set; }

    public int ScanResponseLength { get; private set; }

    /// <summary>The tables that it points to, if any.</summary>
    public GattTables? Tables { get; private set; }

    /// <summary>The data, or <see langword="null"/> when there should be some and the memory was freed.</summary>
    public byte[]? AdvertisingData => AdvertisingLength == 0 ? [] : _advertisingBlock is { IsFree: false } ? _advertisingData : null;

    /// <inheritdoc cref="AdvertisingData"/>
    public byte[]? ScanResponse => ScanResponseLength == 0 ? [] : _scanResponseBlock is { IsFree: false } ? _scanResponse : null;

    public void SetDeviceName(string name)
    {
        heap.Release(_name);
        _name = heap.Allocate("device name", Encoding.UTF8.GetByteCount(name) + 1);
        UpdateName();
    }

    /// <summary>Forgets everything without freeing it, and points to new tables.</summary>
    /// <returns><see langword="false"/> when memory is short.</returns>
    public bool SetTables(IReadOnlyList<ServiceDefinition> services)
    {
        heap.Lose(_contextName);
        heap.Lose(_advertisingBlock);
        heap.Lose(_scanResponseBlock);
        LoseTables();
        _contextName = null;
        _advertisingBlock = null;
        _scanResponseBlock = null;
        AdvertisingLength = 0;
        ScanResponseLength = 0;
        UpdateName();

        List<NativeBlock?> blocks = [heap.Allocate("service contexts", ContextSize * services.Count)];
        blocks.AddRange(services.Select(s => heap.Allocate("service tables", ServiceSize + (CharacteristicSize * s.Characteristics.Count))));
        Tables = new GattTables(services, blocks.OfType<NativeBlock>().ToArray());

        return !blocks.Contains(null);
    }

    /// <summary>Takes a copy of new advertising data; of the data before it nobody has a pointer then.</summary>
    /// <returns><see langword="false"/> when memory is short, which the native code does not notice.</returns>
    public bool SetAdvertisement(bool connectable, bool discoverable, byte[] data, byte[] scanResponse)
    {
        IsConnectable = connectable;
        IsDiscoverable = discoverable;
        AdvertisingLength = data.Length;
        ScanResponseLength = scanResponse.Length;

        return Replace("advertising data", data, ref _advertisingBlock, ref _advertisingData)
            && Replace("scan response", scanResponse, ref _scanResponseBlock, ref _scanResponse);
    }

    /// <summary>Frees everything that it points to; who else has pointers is not asked. The lengths stay.</summary>
    public void Free()
    {
        heap.Release(_advertisingBlock);
        heap.Release(_scanResponseBlock);
        heap.Release(_contextName);
        _contextName = null;

        foreach (NativeBlock block in Tables?.Blocks ?? [])
        {
            heap.Release(block);
        }

        Tables = null;
    }

    private void UpdateName()
    {
        heap.Release(_contextName);
        _contextName = heap.Allocate("device name", _name?.Size ?? 1);
    }

    private void LoseTables()
    {
        foreach (NativeBlock block in Tables?.Blocks ?? [])
        {
            heap.Lose(block);
        }
    }

    private bool Replace(string purpose, byte[] data, ref NativeBlock? block, ref byte[] copy)
    {
        if (data.Length == 0)
        {
            return true;
        }

        heap.Lose(block);
        block = heap.Allocate(purpose, data.Length);
        copy = (byte[])data.Clone();

        return block != null;
    }
}
