namespace MeshNode.Simulation;

/// <summary>The GATT client at the other end of a <see cref="VirtualGattConnection"/>.</summary>
public interface IGattClient
{
    /// <summary>What the trace calls it.</summary>
    string Name { get; }

    /// <summary>The server has notified Data Out.</summary>
    void OnNotified(byte[] value);

    /// <summary>The connection is gone.</summary>
    void OnDisconnected();
}
