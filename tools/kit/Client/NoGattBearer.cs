using MeshNode.Bearers;

namespace MeshNode.Kit.Client;

/// <summary>A client's node serves no GATT clients.</summary>
internal sealed class NoGattBearer : IGattBearer
{
    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        return false;
    }

    public void Disconnect(int connection)
    {
    }
}
