using System;
using System.Collections;
using System.Linq;
using System.Text;
using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>
/// Content of an advert. What is sent are its sections in the order of the list, as far as each fits into 31 octets, the rest in the scan
/// response. See ble.md section 7.
/// </summary>
public class BluetoothLEAdvertisement
{
    private const int MaxLength = 31;
    private const int CompanyIdSize = 2;
    private const int UuidSize = 16;

    private readonly ArrayList _dataSections = [];
    private readonly ArrayList _serviceUuids = [];
    private BluetoothLEAdvertisementFlags _flags = BluetoothLEAdvertisementFlags.ClassicNotSupported | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
    private string _localName = "";

    // Applications set these two by reflection. Not connectable and discoverable: ADV_SCAN_IND, see ble.md section 3.
    private bool _isConnectable;
    private bool _isDiscovable = true;

    public ArrayList DataSections
    {
        get
        {
            using AccountScope scope = Chip.EnterLibrary();
            MergeManufacturerData();

            return _dataSections;
        }
    }

    public ArrayList ManufacturerData { get; } = [];

    public Guid[] ServiceUuids => (Guid[])_serviceUuids.ToArray(typeof(Guid));

    public string LocalName
    {
        get => _localName;
        set
        {
            _localName = value;

            if (string.IsNullOrEmpty(value))
            {
                Remove(BluetoothLEAdvertisementDataSectionType.CompleteLocalName);
            }
            else
            {
                AddOrUpdate(BluetoothLEAdvertisementDataSectionType.CompleteLocalName, new Buffer(Encoding.UTF8.GetBytes(value)));
            }
        }
    }

    public BluetoothLEAdvertisementFlags Flags
    {
        get => _flags;
        set
        {
            _flags = value;
            AddOrUpdate(BluetoothLEAdvertisementDataSectionType.Flags, new Buffer([(byte)value]));
        }
    }

    internal bool IsConnectable
    {
        get => _isConnectable;
        set => _isConnectable = value;
    }

    internal bool IsDiscoverable
    {
        get => _isDiscovable;
        set => _isDiscovable = value;
    }

    public ArrayList GetSectionsByType(byte type)
    {
        return [.. _dataSections.Cast<BluetoothLEAdvertisementDataSection>().Where(s => s.DataType == type).ToArray()];
    }

    public ArrayList GetManufacturerDataByCompanyId(ushort companyId)
    {
        return [.. ManufacturerData.Cast<BluetoothLEManufacturerData>().Where(d => d.CompanyId == companyId).ToArray()];
    }

    internal void AddOrUpdate(BluetoothLEAdvertisementDataSectionType type, Buffer data)
    {
        BluetoothLEAdvertisementDataSection section = new((byte)type, data);

        for (int i = 0; i < _dataSections.Count; i++)
        {
            if (((BluetoothLEAdvertisementDataSection)_dataSections[i]).DataType == (byte)type)
            {
                _dataSections[i] = section;

                return;
            }
        }

        _dataSections.Add(section);
    }

    internal void Remove(BluetoothLEAdvertisementDataSectionType type)
    {
        for (int i = _dataSections.Count - 1; i >= 0; i--)
        {
            if (((BluetoothLEAdvertisementDataSection)_dataSections[i]).DataType == (byte)type)
            {
                _dataSections.RemoveAt(i);
            }
        }
    }

    /// <returns>Whether something has found no room at all.</returns>
    internal bool Encode(out byte[] data, out byte[] scanResponse)
    {
        byte[] first = new byte[MaxLength];
        byte[] second = new byte[MaxLength];
        int firstLength = 0;
        int secondLength = 0;
        bool isCut = false;

        foreach (BluetoothLEAdvertisementDataSection section in DataSections)
        {
            if (firstLength + section.EncodedLength <= MaxLength)
            {
                section.Encode(first, firstLength);
                firstLength += section.EncodedLength;
            }
            else if (secondLength + section.EncodedLength <= MaxLength)
            {
                section.Encode(second, secondLength);
                secondLength += section.EncodedLength;
            }
            else
            {
                isCut = true;
            }
        }

        data = first[..firstLength];
        scanResponse = second[..secondLength];

        return isCut;
    }

    /// <exception cref="ArgumentException">A section claims exactly one octet more than there is: the stock parser checks against the length without the type. See ble.md section 1.6.</exception>
    internal void Parse(byte[] octets)
    {
        int index = 0;

        while (index < octets.Length)
        {
            int length = octets[index++] - 1;

            if (length < 0 || octets.Length - index < length)
            {
                break;
            }

            byte type = octets[index++];
            byte[] data = new byte[length];
            Array.Copy(octets, index, data, 0, length);
            index += length;
            BluetoothLEAdvertisementDataSection section = new(type, new Buffer(data));
            _dataSections.Add(section);
            Load(section);
        }
    }

    private void MergeManufacturerData()
    {
        Remove(BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData);

        foreach (BluetoothLEManufacturerData data in ManufacturerData)
        {
            DataWriter writer = new();
            writer.WriteUInt16(data.CompanyId);
            writer.WriteBuffer(data.Data);
            _dataSections.Add(new BluetoothLEAdvertisementDataSection((byte)BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData, writer.DetachBuffer()));
        }
    }

    private void Load(BluetoothLEAdvertisementDataSection section)
    {
        byte[] data = section.Data.Data;

        switch ((BluetoothLEAdvertisementDataSectionType)section.DataType)
        {
            case BluetoothLEAdvertisementDataSectionType.Flags when data.Length > 0:
                _flags = (BluetoothLEAdvertisementFlags)data[0];
                break;

            case BluetoothLEAdvertisementDataSectionType.ShortenedLocalName or BluetoothLEAdvertisementDataSectionType.CompleteLocalName:
                _localName = Encoding.UTF8.GetString(data);
                break;

            case BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData when data.Length >= CompanyIdSize:
                ManufacturerData.Add(new BluetoothLEManufacturerData(BitConverter.ToUInt16(data, 0), new Buffer(data[CompanyIdSize..])));
                break;

            case >= BluetoothLEAdvertisementDataSectionType.IncompleteList16uuid and <= BluetoothLEAdvertisementDataSectionType.CompleteList128uuid:
                for (int i = 0; i + UuidSize <= data.Length; i += UuidSize)
                {
                    _serviceUuids.Add(UuidOrder.FromAir(data[i..(i + UuidSize)]));
                }

                break;
        }
    }
}
