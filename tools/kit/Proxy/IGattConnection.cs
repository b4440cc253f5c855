namespace MeshNode.Kit.Proxy;

/// <summary>A GATT connection to a node, client role, with notifications of Data Out enabled. See Mesh Protocol 1.1, section 7.</summary>
public interface IGattConnection
{
    /// <summary>ATT_MTU, 23 to 517 octets.</summary>
    int Mtu { get; }

    /// <summary>Writes Data In without response. The value is copied before the call returns.</summary>
    /// <returns><see langword="false"/> when there is no room now: the same value is offered again later.</returns>
    bool Write(byte[] value, int offset, int count);

    /// <summary>Closes the connection.</summary>
    void Disconnect();
}
