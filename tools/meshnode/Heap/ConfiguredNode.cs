using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;
using MeshNode.Network;
using MeshNode.Storage;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Heap
{
    /// <summary>
    /// A node that a configuration client has been through with: every key that the profile has room for, every model bound to all of
    /// them, publishing and subscribing, a proxy client connected, and all of it kept in a journal.
    /// </summary>
    /// <remarks>Written as firmware is, so that it can be run on a device or its emulation, to compare the account with what is used there.</remarks>
    public sealed class ConfiguredNode : IAdvertisingBearer, IGattBearer, IRandomSource
    {
        private const int Company = 0xFFFF;
        private const int FaultCapacity = 8;
        private const int ElementAddress = 0x0100;
        private const int FirstGroup = 0xC000;
        private const int Connection = 1;
        private const int Mtu = 69;
        private const int KeySize = 16;

        /// <summary>The node.</summary>
        public readonly Node Node;

        /// <summary>Its elements and models.</summary>
        public readonly Composition Composition;

        private byte _random;
        private byte _key;

        public ConfiguredNode(StackProfile profile)
        {
            Composition = Compose();
            Node = new Node(this, this, this, Composition, profile);
            new NodeStore(Node, new MemoryMedium()).Open(0);
            Join(0);
            Configure(profile, 0);
        }

        /// <param name="node">The node of an application.</param>
        public ConfiguredNode(Node node)
        {
            Node = node;
            Composition = node.Access.Composition;
        }

        /// <inheritdoc/>
        public int TransmitCredit
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
        }

        /// <inheritdoc/>
        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }

        /// <inheritdoc/>
        public bool Notify(int connection, byte[] value, int offset, int count)
        {
            return true;
        }

        /// <inheritdoc/>
        public void Disconnect(int connection)
        {
        }

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = ++_random;
            }
        }

        /// <summary>Joins a network.</summary>
        public void Join(long now)
        {
            Node.Join(ElementAddress, 0, false, Subnet.PrimaryNetKeyIndex, new NetworkKey(Octets()), false, Octets(), now);
        }

        /// <summary>Configures the node, which has joined.</summary>
        /// <param name="profile">What it was made with.</param>
        public void Configure(StackProfile profile, long now)
        {
            for (int i = 1; i < profile.Subnets; i++)
            {
                Node.Stack.Subnets.Add(i, new NetworkKey(Octets()));
            }

            for (int i = 0; i < profile.AppKeys; i++)
            {
                Node.AppKeys.Add(i, Subnet.PrimaryNetKeyIndex, TransportKey.Application(Octets()));
            }

            for (int i = 0; i < profile.Labels; i++)
            {
                Node.Labels.Refer(Octets(), 0);
            }

            for (int i = 0; i < Composition.Count; i++)
            {
                for (int j = 0; j < Composition[i].Count; j++)
                {
                    Configure(Composition[i][j], (1u << profile.AppKeys) - 1);
                }
            }

            Node.Stack.OnConnected(Connection, now);
            Node.Stack.OnMtuChanged(Connection, Mtu, now);
            Node.Stack.OnSubscribed(Connection, true, now);
            Node.Tick(now);
        }

        /// <summary>Starts the refresh of every key: each has a second one now, until the refresh ends.</summary>
        public void StartKeyRefresh()
        {
            for (int i = 0; i < Node.Stack.Subnets.Capacity; i++)
            {
                Node.Stack.Subnets.StartKeyRefresh(Node.Stack.Subnets[i], new NetworkKey(Octets()));
            }

            for (int i = 0; i < Node.AppKeys.Capacity; i++)
            {
                Node.AppKeys.Update(i, TransportKey.Application(Octets()));
            }
        }

        // A dimmable light, and a switch as an element of its own.
        private static Composition Compose()
        {
            Composition composition = new Composition(Company, 1, 1);
            Element light = composition.AddElement(0);
            light.Add(new ConfigurationServer(true, true, true));
            light.Add(new HealthServer(null, FaultCapacity));
            light.Add(new SarConfigurationServer());
            LightnessElement.Compose(light, null);
            Element control = composition.AddElement(0);
            control.Add(new GenericOnOffClient(null));

            return composition;
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
                Node.Subscriptions.Add(model, FirstGroup, LabelTable.None);
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
