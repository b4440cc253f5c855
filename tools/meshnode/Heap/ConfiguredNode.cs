using MeshNode.Access;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Heap
{
    /// <summary>
    /// A node that a configuration client has been through with: every key that the profile has room for, every model bound to all of
    /// them, publishing and subscribing, a proxy client connected, and all of it kept in a journal.
    /// </summary>
    internal sealed class ConfiguredNode
    {
        private const int ElementAddress = 0x0100;
        private const int FirstGroup = 0xC000;
        private const int Connection = 1;
        private const int Mtu = 69;
        private const int KeySize = 16;

        private readonly Node _node;
        private readonly Composition _composition;
        private byte _key;

        /// <param name="node">The node of an application.</param>
        public ConfiguredNode(Node node)
        {
            _node = node;
            _composition = node.Access.Composition;
        }

        /// <summary>Joins a network.</summary>
        public void Join(long now)
        {
            _node.Join(ElementAddress, 0, false, Subnet.PrimaryNetKeyIndex, new NetworkKey(Octets()), false, Octets(), now);
        }

        /// <summary>Configures the node, which has joined.</summary>
        /// <param name="profile">What it was made with.</param>
        public void Configure(StackProfile profile, long now)
        {
            for (int i = 1; i < profile.Subnets; i++)
            {
                _node.Stack.Subnets.Add(i, new NetworkKey(Octets()));
            }

            for (int i = 0; i < profile.AppKeys; i++)
            {
                _node.AppKeys.Add(i, Subnet.PrimaryNetKeyIndex, TransportKey.Application(Octets()));
            }

            for (int i = 0; i < profile.Labels; i++)
            {
                _node.Labels.Refer(Octets(), 0);
            }

            for (int i = 0; i < _composition.Count; i++)
            {
                for (int j = 0; j < _composition[i].Count; j++)
                {
                    Configure(_composition[i][j], (1u << profile.AppKeys) - 1);
                }
            }

            _node.Stack.OnConnected(Connection, now);
            _node.Stack.OnMtuChanged(Connection, Mtu, now);
            _node.Stack.OnSubscribed(Connection, true, now);
            _node.Tick(now);
        }

        /// <summary>Starts the refresh of every key: each has a second one now, until the refresh ends.</summary>
        public void StartKeyRefresh()
        {
            for (int i = 0; i < _node.Stack.Subnets.Capacity; i++)
            {
                _node.Stack.Subnets.StartKeyRefresh(_node.Stack.Subnets[i], new NetworkKey(Octets()));
            }

            for (int i = 0; i < _node.AppKeys.Capacity; i++)
            {
                _node.AppKeys.Update(i, TransportKey.Application(Octets()));
            }
        }

        private void Configure(Model model, uint bindings)
        {
            if (!model.UsesDeviceKey)
            {
                model.Bindings = bindings;
            }

            if (model.HasPublication)
            {
                model.Publication = new Publication();
            }

            if (model.HasSubscriptions)
            {
                _node.Subscriptions.Add(model, FirstGroup, LabelTable.None);
            }
        }

        private byte[] Octets()
        {
            byte[] octets = new byte[KeySize];
            _key++;

            for (int i = 0; i < KeySize; i++)
            {
                octets[i] = _key;
            }

            return octets;
        }
    }
}
