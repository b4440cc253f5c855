using System;
using MeshNode.Network;

namespace MeshNode.Fakes
{
    /// <summary>A lower transport layer that keeps copies of the last 16 PDUs it took. Allocates in its constructor only.</summary>
    internal sealed class FakeNetworkLayerClient : INetworkLayerClient
    {
        public const int Kept = 16;

        /// <summary>Whether it takes the next PDU.</summary>
        public bool HasRoom = true;

        /// <summary>A stack that leaves its network with the next PDU, or <see langword="null"/>.</summary>
        public MeshStack Leaves;

        /// <summary>PDUs it took.</summary>
        public int Count;

        /// <summary>PDUs it refused.</summary>
        public int Refused;

        /// <summary>Group or virtual addresses it was asked for.</summary>
        public int Asked;

        /// <summary>When it took the last one, or was told of the last tag.</summary>
        public long LastTime;

        /// <summary>Tags it was told of.</summary>
        public int TagsSent;

        public int LastTag;

        private readonly NetworkPdu[] _pdus = new NetworkPdu[Kept];
        private readonly AddressList _subscriptions = new AddressList(16);

        public FakeNetworkLayerClient()
        {
            for (int i = 0; i < Kept; i++)
            {
                _pdus[i] = new NetworkPdu();
            }
        }

        /// <summary>The PDU taken last.</summary>
        public NetworkPdu Last
        {
            get { return this[Count - 1]; }
        }

        /// <summary>A PDU, in the order in which they were taken.</summary>
        public NetworkPdu this[int index]
        {
            get
            {
                if (index < 0 || index >= Count || index < Count - Kept)
                {
                    throw new ArgumentException();
                }

                return _pdus[index % Kept];
            }
        }

        /// <summary>Its TransportPDU.</summary>
        public string Text(int index)
        {
            return Hex.Encode(this[index].Payload, NetworkPdu.TransportOffset, this[index].TransportLength);
        }

        public void Subscribe(int address)
        {
            _subscriptions.InsertAt(~_subscriptions.Find(address), address);
        }

        public bool IsSubscribed(int destination)
        {
            Asked++;

            return _subscriptions.Find(destination) >= 0;
        }

        public bool OnNetworkPdu(NetworkPdu pdu, long now)
        {
            if (Leaves != null)
            {
                Leaves.Leave(now);
            }

            if (!HasRoom)
            {
                Refused++;

                return false;
            }

            NetworkPdu copy = _pdus[Count % Kept];
            copy.Interface = pdu.Interface;
            copy.Subnet = pdu.Subnet;
            copy.Key = pdu.Key;
            copy.IvIndex = pdu.IvIndex;
            copy.Control = pdu.Control;
            copy.Ttl = pdu.Ttl;
            copy.Sequence = pdu.Sequence;
            copy.Source = pdu.Source;
            copy.Destination = pdu.Destination;
            copy.TransportLength = pdu.TransportLength;
            Array.Copy(pdu.Payload, 0, copy.Payload, 0, NetworkPdu.MaxLength);
            LastTime = now;
            Count++;

            return true;
        }

        public void OnSent(int tag, long now)
        {
            LastTag = tag;
            LastTime = now;
            TagsSent++;
        }
    }
}
