using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Provisioning;

namespace MeshNode.Tool.Vectors;

/// <summary>A device of the firmware that draws the private key and the random number of a vector, and keeps what it sends.</summary>
internal sealed class ProvisioningDevice : IAdvertisingBearer, IGattBearer, IRandomSource, IProvisioneeClient, IProvisioningClient
{
    private const int Connection = 0;
    private const int Patience = 1000;
    private readonly byte[] _privateKey;
    private readonly byte[] _random;
    private readonly AdvertisingTransmitter _transmitter;
    private readonly List<byte[]> _sent = [];
    private bool _hasKey;
    private long _now;

    public ProvisioningDevice(byte[] uuid, byte[] privateKey, byte[] random, ProvisioningCapabilities capabilities)
    {
        _privateKey = privateKey;
        _random = random;
        _transmitter = new AdvertisingTransmitter(this, 4, 1);
        capabilities.Uuid = uuid;
        Server = new ProvisioningServer(_transmitter, this, this, capabilities, this, this);
        Run();
    }

    public ProvisioningServer Server { get; }

    public byte[] DeviceKey { get; private set; } = [];

    int IAdvertisingBearer.TransmitCredit => int.MaxValue;

    public void Connect(int mtu)
    {
        Server.OnConnected(Connection, _now);
        Server.OnMtuChanged(mtu);
        Server.OnSubscribed(true);
    }

    /// <summary>Writes values, and lets the device do what it has to.</summary>
    /// <returns>What it notifies.</returns>
    public List<byte[]> Write(IEnumerable<byte[]> values)
    {
        foreach (byte[] value in values)
        {
            Server.OnWritten(value, 0, value.Length, _now);
        }

        return Run();
    }

    /// <summary>Sends PB-ADV PDUs, and lets the device do what it has to.</summary>
    /// <returns>What it sends, each PDU once.</returns>
    public List<byte[]> Send(IEnumerable<byte[]> pdus)
    {
        foreach (byte[] pdu in pdus)
        {
            Server.OnReceived(pdu, 0, pdu.Length, _now);
        }

        return [.. Run().DistinctBy(Convert.ToHexStringLower)];
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        byte[] source = count < _random.Length ? new byte[count] : _hasKey ? _random : _privateKey;
        _hasKey |= count >= _random.Length;
        Array.Copy(source, 0, buffer, offset, count);
    }

    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        _sent.Add(value[offset..(offset + count)]);

        return true;
    }

    public void Disconnect(int connection)
    {
        Server.OnDisconnected(_now);
    }

    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        _sent.Add(payload[offset..(offset + count)]);
    }

    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
    }

    public void OnLinkOpened(long now)
    {
    }

    public void OnLinkClosed(bool provisioned, bool startNodeIdentity, long now)
    {
    }

    public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
    {
        DeviceKey = [.. deviceKey];
    }

    public void OnAttention(int seconds, long now)
    {
    }

    public bool ShowNumber(int action, uint number, int digits, long now)
    {
        return true;
    }

    public bool ShowText(byte[] text, int count, long now)
    {
        return true;
    }

    public bool RequestInput(int action, int size, long now)
    {
        return true;
    }

    public void OnOobEnded(long now)
    {
    }

    public void OnFailed(int error, long now)
    {
    }

    private List<byte[]> Run()
    {
        for (long end = _now + Patience; _now < end; _now++)
        {
            Server.Tick(_now);
        }

        List<byte[]> sent = [.. _sent];
        _sent.Clear();

        return sent;
    }
}
