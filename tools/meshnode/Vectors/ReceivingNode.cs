using System.Collections.Generic;
using System.Linq;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Tool.Vectors;

/// <summary>A node that holds keys and listens: its stack decides about the PDUs of the vectors.</summary>
internal sealed class ReceivingNode : INetworkLayerClient
{
    private const int Connection = 0;

    public ReceivingNode(IEnumerable<NetworkKey> keys, uint ivIndex)
    {
        SilentBearers bearers = new();
        Stack = new MeshStack(bearers, bearers, bearers, this, new StackProfile());
        Stack.IvIndex.Set(ivIndex, false, 0);

        foreach (NetworkKey key in keys)
        {
            Stack.Subnets.Add(Stack.Subnets.Count, key);
        }
    }

    public MeshStack Stack { get; }

    /// <summary>As many nodes as it takes to hold all keys; there is at least one.</summary>
    public static IEnumerable<ReceivingNode> With(IReadOnlyCollection<NetworkKey> keys, uint ivIndex)
    {
        return keys.Count == 0 ? [new ReceivingNode([], ivIndex)] : keys.Chunk(4).Select(some => new ReceivingNode(some, ivIndex));
    }

    public NetworkVerdict ReceiveNetworkPdu(byte[] pdu)
    {
        Stack.OnReceived(AdvertisingData.MeshMessage, pdu, 0, pdu.Length, 0);

        return Stack.LastNetworkVerdict;
    }

    public BeaconVerdict ReceiveBeacon(byte[] beacon)
    {
        Stack.OnReceived(AdvertisingData.MeshBeacon, beacon, 0, beacon.Length, 0);

        return Stack.LastBeaconVerdict;
    }

    public ProxyVerdict ReceiveProxyConfiguration(byte[] pdu)
    {
        byte[] value = [ProxyPduType.ProxyConfiguration, .. pdu];
        Stack.SetProxyEnabled(true, 0);
        Stack.OnConnected(Connection, 0);
        Stack.OnMtuChanged(Connection, GattService.MaxMtu, 0);
        Stack.OnWritten(Connection, value, 0, value.Length, 0);

        return Stack.LastProxyVerdict;
    }

    bool INetworkLayerClient.IsSubscribed(int destination)
    {
        return true;
    }

    bool INetworkLayerClient.OnNetworkPdu(NetworkPdu pdu, long now)
    {
        return true;
    }

    void INetworkLayerClient.OnSent(int tag, long now)
    {
    }
}
