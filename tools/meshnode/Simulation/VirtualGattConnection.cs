using System;
using System.Collections.Generic;
using MeshNode.Bearers;

namespace MeshNode.Simulation;

/// <summary>
/// One GATT connection: nothing is lost, but each connection event carries one value in each direction, and only a few
/// notifications can wait.
/// </summary>
public sealed class VirtualGattConnection : IGattLink
{
    private readonly VirtualMesh _mesh;
    private readonly VirtualNode _server;
    private readonly IGattClient _client;
    private readonly GattParameters _parameters;
    private readonly Queue<byte[]> _notifications = new();
    private long _lastWrite;
    private bool _refused;

    internal VirtualGattConnection(VirtualMesh mesh, VirtualNode server, IGattClient client, int number, GattParameters parameters)
    {
        _mesh = mesh;
        _server = server;
        _client = client;
        _parameters = parameters;
        Number = number;
        ToServer(() => server.OnConnected(this));
    }

    /// <summary>The number by which the server knows it.</summary>
    public int Number { get; }

    /// <inheritdoc/>
    public int Mtu { get; private set; } = GattService.MinMtu;

    /// <inheritdoc/>
    public bool IsOpen { get; private set; } = true;

    internal string ClientName => _client.Name;

    /// <inheritdoc/>
    public void ExchangeMtu(int mtu)
    {
        Mtu = mtu;
        ToServer(() => _server.OnMtuChanged(this, mtu));
    }

    /// <inheritdoc/>
    public void Subscribe(bool enabled)
    {
        ToServer(() => _server.OnSubscribed(this, enabled));
    }

    /// <inheritdoc/>
    public void Write(byte[] value)
    {
        if (value.Length > Mtu - GattService.AttHeaderSize)
        {
            throw new ArgumentException($"{value.Length} octets do not fit ATT_MTU {Mtu}");
        }

        ToServer(() => _server.OnWritten(this, value));
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (IsOpen)
        {
            IsOpen = false;
            _mesh.Clock.After(_parameters.ConnectionInterval, () =>
            {
                _server.OnDisconnected(this);
                _client.OnDisconnected();
            });
        }
    }

    internal bool Notify(byte[] value)
    {
        if (value.Length > Mtu - GattService.AttHeaderSize)
        {
            throw new ArgumentException($"{value.Length} octets do not fit ATT_MTU {Mtu}");
        }

        if (_notifications.Count == _parameters.NotificationQueue)
        {
            _refused = true;

            return false;
        }

        _notifications.Enqueue(value);

        if (_notifications.Count == 1)
        {
            ScheduleNotification();
        }

        return true;
    }

    private void ScheduleNotification()
    {
        _mesh.Clock.After(_parameters.ConnectionInterval, () =>
        {
            if (!IsOpen)
            {
                return;
            }

            byte[] value = _notifications.Dequeue();
            _mesh.Trace(new ValueNotified(_mesh.Clock.Now, _client.Name, _server.Name, value));
            _client.OnNotified(value);

            if (_notifications.Count > 0)
            {
                ScheduleNotification();
            }

            if (_refused)
            {
                _refused = false;
                _server.OnNotified(this);
            }
        });
    }

    private void ToServer(Action action)
    {
        _lastWrite = Math.Max(_lastWrite, _mesh.Clock.Now) + _parameters.ConnectionInterval;
        _mesh.Clock.At(_lastWrite, () =>
        {
            if (IsOpen)
            {
                action();
            }
        });
    }
}
