using System;
using MeshNode.Bearers;
using MeshNode.Board.Bluetooth;

namespace MeshNode.Simulation;

/// <summary>A GATT connection to a board: uses whichever of the mesh services the board has.</summary>
internal sealed class BoardGattLink : IGattLink, IBoardCentral
{
    private const int ProvisioningDataIn = 0x2ADB;
    private const int ProvisioningDataOut = 0x2ADC;
    private const int ProxyDataIn = 0x2ADD;
    private const int ProxyDataOut = 0x2ADE;

    private readonly VirtualMesh _mesh;
    private readonly MeshBoard _board;
    private readonly IGattClient _client;
    private BoardLink? _link;
    private Guid _dataIn;
    private Guid _dataOut;

    private BoardGattLink(VirtualMesh mesh, MeshBoard board, IGattClient client)
    {
        _mesh = mesh;
        _board = board;
        _client = client;
    }

    /// <inheritdoc/>
    public int Mtu => _link!.Mtu;

    /// <inheritdoc/>
    public bool IsOpen => _link!.IsOpen;

    /// <returns><see langword="null"/> when the board does not advertise connectably.</returns>
    public static BoardGattLink? Connect(VirtualMesh mesh, MeshBoard board, IGattClient client, GattParameters parameters)
    {
        BoardGattLink link = new(mesh, board, client);
        link._link = board.Board.Bluetooth.Connect(link, new LinkParameters(parameters.ConnectionInterval));

        if (link._link == null)
        {
            return null;
        }

        bool isProxy = link._link.Discover(Uuid(GattService.Proxy), Uuid(ProxyDataIn));
        link._dataIn = Uuid(isProxy ? ProxyDataIn : ProvisioningDataIn);
        link._dataOut = Uuid(isProxy ? ProxyDataOut : ProvisioningDataOut);

        return link;
    }

    /// <inheritdoc/>
    public void ExchangeMtu(int mtu)
    {
        _link!.ExchangeMtu(mtu);
    }

    /// <inheritdoc/>
    public void Subscribe(bool enabled)
    {
        _link!.Subscribe(_dataOut, enabled);
    }

    /// <inheritdoc/>
    public void Write(byte[] value)
    {
        _link!.Write(_dataIn, value, false);
    }

    /// <inheritdoc/>
    public void Close()
    {
        _link!.Disconnect();
    }

    /// <inheritdoc/>
    public void OnNotified(Guid characteristic, byte[] value)
    {
        _mesh.Trace(new ValueNotified(_mesh.Clock.Now, _client.Name, _board.Board.Name, value));
        _client.OnNotified(value);
    }

    /// <inheritdoc/>
    public void OnDisconnected(int reason)
    {
        _client.OnDisconnected();
    }

    private static Guid Uuid(int number)
    {
        return new Guid(number, 0, 0x1000, 0x80, 0, 0, 0x80, 0x5F, 0x9B, 0x34, 0xFB);
    }
}
