using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Networks;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Kit.Proxy;

/// <summary>What the service data of a proxy tells to those who have the network key. See Mesh Protocol 1.1, section 7.2.2.2.</summary>
/// <param name="NetKeyIndex">The subnet.</param>
/// <param name="Node">Which node it is, when it tells.</param>
public sealed record ProxyIdentity(int NetKeyIndex, KnownNode? Node)
{
    private const int BlockSize = 16;

    /// <summary>Recognises a proxy of a network: by Network ID or Node Identity, in the clear or private.</summary>
    /// <returns><see langword="null"/> when it is none.</returns>
    public static ProxyIdentity? Match(MeshNetwork network, byte[] serviceData)
    {
        byte[] expected = new byte[ProxyServiceData.IdentityLength];
        byte[] block = new byte[BlockSize];

        if (serviceData.Length < ProxyServiceData.NetworkIdLength
            || (serviceData[0] != ProxyServiceData.NetworkId && serviceData.Length != ProxyServiceData.IdentityLength))
        {
            return null;
        }

        foreach ((int index, NetworkKey key) in Keys(network))
        {
            switch (serviceData[0])
            {
                case ProxyServiceData.NetworkId:
                    if (Equals(expected, ProxyServiceData.EncodeNetworkId(key, expected), serviceData))
                    {
                        return new ProxyIdentity(index, null);
                    }

                    break;

                case ProxyServiceData.PrivateNetworkIdentity:
                    if (Equals(expected, ProxyServiceData.EncodePrivateNetworkIdentity(key, Random(serviceData), expected, block), serviceData))
                    {
                        return new ProxyIdentity(index, null);
                    }

                    break;

                case ProxyServiceData.NodeIdentity or ProxyServiceData.PrivateNodeIdentity:
                    KnownNode? node = network.Nodes.FirstOrDefault(node => Equals(
                        expected, ProxyServiceData.EncodeNodeIdentity(key, serviceData[0], node.Address, Random(serviceData), expected, block), serviceData));

                    if (node != null)
                    {
                        return new ProxyIdentity(index, node);
                    }

                    break;
            }
        }

        return null;
    }

    private static IEnumerable<(int Index, NetworkKey Key)> Keys(MeshNetwork network)
    {
        return network.NetKeys.SelectMany(static entry => entry.NewKey == null
            ? new[] { (entry.Index, new NetworkKey(entry.Key)) }
            : [(entry.Index, new NetworkKey(entry.NewKey)), (entry.Index, new NetworkKey(entry.Key))]);
    }

    private static byte[] Random(byte[] serviceData)
    {
        return serviceData[^ProxyServiceData.RandomSize..];
    }

    private static bool Equals(byte[] expected, int count, byte[] serviceData)
    {
        return serviceData.AsSpan().SequenceEqual(expected.AsSpan(0, count));
    }
}
