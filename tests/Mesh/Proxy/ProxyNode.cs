using System;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    /// <summary>
    /// A node at 0x0100 and 0x0101 with its proxy on and room for three clients, fakes on all sides, and the clients' side of the
    /// GATT bearer.
    /// </summary>
    internal sealed class ProxyNode
    {
        public const int PrimaryAddress = 0x0100;
        public const int Connections = 3;

        /// <summary>The address of the client that <see cref="Configure"/> plays.</summary>
        public const int ClientAddress = 0x1201;

        public readonly FakeAdvertisingBearer Radio = new FakeAdvertisingBearer();
        public readonly FakeGattBearer Gatt = new FakeGattBearer();
        public readonly FakeNetworkLayerClient Transport = new FakeNetworkLayerClient();
        public readonly CountingRandom Random = new CountingRandom();
        public readonly Peer Peer;
        public readonly MeshStack Stack;
        public readonly ProxyServer Proxy;

        /// <summary>The node's clock.</summary>
        public long Now;

        private int _seen;

        /// <summary>In the network of the sample data.</summary>
        public ProxyNode()
            : this(Peer.SampleNetKey)
        {
        }

        /// <param name="netKey">NetKey of the primary subnet.</param>
        public ProxyNode(string netKey)
        {
            Peer = new Peer(netKey, Peer.SampleIvIndex);
            Stack = new MeshStack(Radio, Gatt, Random, Transport, new StackProfile { ProxyClients = Connections });
            Stack.Join(PrimaryAddress, 2, Peer.SampleIvIndex, false, Subnet.PrimaryNetKeyIndex, new NetworkKey(Hex.Decode(netKey)), false, 0);
            Stack.SetProxyEnabled(true, 0);
            Proxy = Stack.Proxy;
        }

        public Subnet Subnet
        {
            get { return Stack.Subnets.Find(Subnet.PrimaryNetKeyIndex); }
        }

        public ProxyFilter Filter(int connection)
        {
            return Proxy.Filter(connection);
        }

        /// <summary>Connects a client that has an ATT_MTU of 517 octets and has subscribed and seen its beacons.</summary>
        public void Open(int connection)
        {
            Stack.OnConnected(connection, Now);
            Stack.OnMtuChanged(connection, GattService.MaxMtu, Now);
            Stack.OnSubscribed(connection, true, Now);
            Skip();
        }

        public long Tick(long now)
        {
            Now = now;

            return Stack.Tick(now);
        }

        /// <summary>Notifications that no client has looked at.</summary>
        public int Unseen
        {
            get { return Gatt.Count - _seen; }
        }

        /// <summary>The clients look away.</summary>
        public void Skip()
        {
            _seen = Gatt.Count;
        }

        /// <summary>The next notification, which is for this client.</summary>
        public byte[] Next(int connection)
        {
            Assert.IsTrue(Unseen > 0);
            Assert.AreEqual(connection, Gatt.Connection(_seen));

            return Gatt.Value(_seen++);
        }

        /// <summary>The next notification is this.</summary>
        public void CheckNext(int connection, string value)
        {
            Assert.AreEqual(value, Hex.Encode(Next(connection)));
        }

        /// <summary>The next notification is a Secure Network beacon.</summary>
        public void CheckBeacon(int connection, Peer peer, int flags)
        {
            CheckNext(connection, "01" + Hex.Encode(peer.SecureBeacon(flags)));
        }

        /// <summary>The next notification is a Filter Status from the node.</summary>
        public void CheckStatus(int connection, string status)
        {
            Read(connection, ProxyPduType.ProxyConfiguration, Nonce.ProxyType);
            Assert.IsTrue(Peer.Control);
            Assert.AreEqual(0, Peer.Ttl);
            Assert.AreEqual(PrimaryAddress, Peer.Source);
            Assert.AreEqual(Address.Unassigned, Peer.Destination);
            Assert.AreEqual(status, Peer.Transport);
        }

        /// <summary>The next notification is a Network PDU with these fields.</summary>
        public void CheckPdu(int connection, int ttl, uint sequence, int source, int destination)
        {
            Read(connection, ProxyPduType.NetworkPdu, Nonce.NetworkType);
            CheckRead(ttl, sequence, source, destination);
        }

        /// <summary>The last payload sent over the advertising bearer is a Network PDU with these fields.</summary>
        public void CheckSent(int ttl, uint sequence, int source, int destination)
        {
            Assert.AreEqual(AdvertisingData.MeshMessage, Radio.Type(Radio.Count - 1));
            Assert.IsTrue(Peer.Read(Radio.Payload(Radio.Count - 1)));
            CheckRead(ttl, sequence, source, destination);
        }

        /// <summary>A client writes a message in one value, which meets with this verdict.</summary>
        public void Write(ProxyVerdict expected, int connection, int type, byte[] message)
        {
            byte[] value = new byte[1 + message.Length];
            value[0] = (byte)type;
            Array.Copy(message, 0, value, 1, message.Length);
            Write(expected, connection, value);
        }

        /// <summary>A client writes a value, which meets with this verdict.</summary>
        public void Write(ProxyVerdict expected, int connection, byte[] value)
        {
            uint count = Proxy.Count(expected);

            Stack.OnWritten(connection, value, 0, value.Length, Now);

            Assert.AreEqual((int)expected, (int)Stack.LastProxyVerdict);
            Assert.AreEqual(count + 1, Proxy.Count(expected));
        }

        /// <summary>A client writes a value, which meets with this verdict.</summary>
        public void Write(ProxyVerdict expected, int connection, string value)
        {
            Write(expected, connection, Hex.Decode(value));
        }

        /// <summary>A client writes a Network PDU.</summary>
        public void WritePdu(ProxyVerdict expected, int connection, byte[] pdu)
        {
            Write(expected, connection, ProxyPduType.NetworkPdu, pdu);
        }

        /// <summary>A client writes a genuine proxy configuration message.</summary>
        public void Configure(ProxyVerdict expected, int connection, uint sequence, string message)
        {
            Write(expected, connection, ProxyPduType.ProxyConfiguration, Peer.Configuration(sequence, ClientAddress, message));
        }

        /// <summary>Something comes over the advertising bearer.</summary>
        public void Hear(int type, byte[] payload)
        {
            Stack.OnReceived(type, payload, 0, payload.Length, Now);
        }

        /// <summary>A Network PDU comes over the advertising bearer and is accepted.</summary>
        public void Hear(byte[] pdu)
        {
            Hear(AdvertisingData.MeshMessage, pdu);
            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)Stack.LastNetworkVerdict);
        }

        private void Read(int connection, int type, int nonce)
        {
            byte[] value = Next(connection);
            byte[] pdu = new byte[value.Length - 1];
            Array.Copy(value, 1, pdu, 0, pdu.Length);
            Assert.AreEqual(type, (int)value[0]);
            Assert.IsTrue(Peer.Read(pdu, nonce));
        }

        private void CheckRead(int ttl, uint sequence, int source, int destination)
        {
            Assert.AreEqual(ttl, Peer.Ttl);
            Assert.AreEqual(sequence, Peer.Sequence);
            Assert.AreEqual(source, Peer.Source);
            Assert.AreEqual(destination, Peer.Destination);
        }
    }
}
