namespace MeshNode.Simulation;

/// <summary>A GATT connection as the client uses it.</summary>
public interface IGattLink
{
    /// <summary>ATT_MTU, in octets.</summary>
    int Mtu { get; }

    /// <summary>Whether it is up.</summary>
    bool IsOpen { get; }

    /// <summary>Exchanges the ATT_MTU.</summary>
    void ExchangeMtu(int mtu);

    /// <summary>Writes the Client Characteristic Configuration of Data Out.</summary>
    void Subscribe(bool enabled);

    /// <summary>Writes Data In, without response.</summary>
    void Write(byte[] value);

    /// <summary>Closes the connection.</summary>
    void Close();
}
