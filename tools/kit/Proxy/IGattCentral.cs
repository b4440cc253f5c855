namespace MeshNode.Kit.Proxy;

/// <summary>Makes GATT connections.</summary>
public interface IGattCentral
{
    /// <summary>Begins to connect; <see cref="ProxyConnector.OnConnected"/> or <see cref="ProxyConnector.OnConnectFailed"/> follows, later.</summary>
    /// <param name="advertiser">What the advert came from.</param>
    void Connect(string advertiser, long now);
}
