using System;
using MeshNode.Kit.Proxy;
using MeshNode.Provisioning;
using MeshNode.Proxy;

namespace MeshNode.Kit.Provisioning;

/// <summary>PB-GATT, provisioner role, over the Mesh Provisioning Service of a device. See Mesh Protocol 1.1, sections 5.2.2 and 7.1.</summary>
public sealed class PbGattClient : IProvisionerBearer
{
    private const int NoRoomRetry = 20;

    private readonly IGattConnection _connection;
    private readonly ProxyPduWriter _writer = new();
    private readonly ProxyReassembler _reassembler = new();
    private IProvisionerBearerClient? _client;
    private bool _isOpen;
    private bool _disconnects;

    /// <param name="connection">Connected, with notifications enabled.</param>
    public PbGattClient(IGattConnection connection)
    {
        _connection = connection;
    }

    /// <inheritdoc/>
    public void Open(IProvisionerBearerClient client, long now)
    {
        _client = client;
        _isOpen = true;
        client.OnLinkOpened(now);
    }

    /// <inheritdoc/>
    public void Send(byte[] pdu, int count, long now)
    {
        if (_isOpen)
        {
            _writer.Add(ProxyPduType.ProvisioningPdu, pdu[..count], 0);
        }
    }

    /// <inheritdoc/>
    public void Close(int reason, long now)
    {
        if (_isOpen)
        {
            _isOpen = false;
            _disconnects = true;
            _writer.Clear();
            _reassembler.Reset();
        }
    }

    /// <summary>Data Out was notified. The value is not kept.</summary>
    public void OnNotified(byte[] value, int offset, int count, long now)
    {
        if (!_isOpen)
        {
            return;
        }

        ProxyReassembly reassembly = _reassembler.Receive(value, offset, count, now);

        if (reassembly > ProxyReassembly.Complete || _reassembler.Type != ProxyPduType.ProvisioningPdu)
        {
            _client!.OnLinkLost(ProvisionerFailure.BearerViolation, now);
        }
        else if (reassembly == ProxyReassembly.Complete)
        {
            _client!.OnPdu(_reassembler.Message, 0, _reassembler.Length, now);
        }
    }

    /// <summary>The connection is gone.</summary>
    public void OnDisconnected(long now)
    {
        _disconnects = false;

        if (_isOpen)
        {
            _isOpen = false;
            _writer.Clear();
            _client!.OnLinkLost(ProvisionerFailure.LinkClosed, now);
        }
    }

    /// <inheritdoc/>
    public long Tick(long now)
    {
        if (_disconnects)
        {
            _disconnects = false;
            _connection.Disconnect();
        }

        if (!_isOpen)
        {
            return long.MaxValue;
        }

        if (_reassembler.Expired(now))
        {
            _client!.OnLinkLost(ProvisionerFailure.BearerViolation, now);

            return now;
        }

        return Math.Min(_reassembler.Deadline, _writer.Pump(_connection, null) ? long.MaxValue : now + NoRoomRetry);
    }
}
