using System;
using System.Collections.Generic;
using MeshNode.Bearers;

namespace MeshNode.Simulation;

/// <summary>The GATT bearer of one node.</summary>
public sealed class VirtualGattServer : IGattBearer
{
    private readonly VirtualMesh _mesh;
    private readonly VirtualNode _node;
    private readonly Dictionary<int, VirtualGattConnection> _connections = [];

    internal VirtualGattServer(VirtualMesh mesh, VirtualNode node)
    {
        _mesh = mesh;
        _node = node;
    }

    /// <summary>Accepts a client; whether it may stay is for the node's stack to decide.</summary>
    public VirtualGattConnection Connect(IGattClient client, GattParameters parameters)
    {
        int number = 0;

        while (_connections.ContainsKey(number))
        {
            number++;
        }

        VirtualGattConnection connection = new(_mesh, _node, client, number, parameters);
        _connections.Add(number, connection);

        return connection;
    }

    /// <inheritdoc/>
    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        return _connections.TryGetValue(connection, out VirtualGattConnection? open) && open.Notify(value.AsSpan(offset, count).ToArray());
    }

    /// <inheritdoc/>
    public void Disconnect(int connection)
    {
        if (_connections.TryGetValue(connection, out VirtualGattConnection? open))
        {
            open.Close();
        }
    }

    /// <summary>The power is gone: the clients notice that their connections are lost.</summary>
    internal void Stop()
    {
        foreach (VirtualGattConnection connection in _connections.Values)
        {
            connection.Close();
        }
    }

    internal void Remove(VirtualGattConnection connection)
    {
        _connections.Remove(connection.Number);
    }
}
