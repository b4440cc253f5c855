using System;
using MeshNode.Bearers;
using MeshNode.Crypto;

namespace MeshNode.Tool.Vectors;

/// <summary>Bearers that send nothing and random numbers that are none, for nodes that only listen.</summary>
internal sealed class SilentBearers : IAdvertisingBearer, IGattBearer, IRandomSource
{
    int IAdvertisingBearer.TransmitCredit => 0;

    void IAdvertisingBearer.Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
    }

    void IAdvertisingBearer.SetConnectable(int service, byte[] data, int count, int interval)
    {
    }

    bool IGattBearer.Notify(int connection, byte[] value, int offset, int count)
    {
        return true;
    }

    void IGattBearer.Disconnect(int connection)
    {
    }

    void IRandomSource.Fill(byte[] buffer, int offset, int count)
    {
        Array.Clear(buffer, offset, count);
    }
}
