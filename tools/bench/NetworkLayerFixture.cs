using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Bench
{
    /// <summary>
    /// A network layer with one subnet between a bearer that takes everything and a transport layer that takes everything, and
    /// more different PDUs than its caches remember, so that each is new to it whenever its turn comes.
    /// </summary>
    internal sealed class NetworkLayerFixture : IAdvertisingBearer, INetworkLayerClient
    {
        public const int PduLength = 29;
        public const int OwnAddress = 0x0100;
        public const int OtherAddress = 0x1202;

        private const int PduCount = 256;
        private const int ClearLength = 18;
        private const int Source = 0x1201;
        private const uint IvIndexValue = 0x12345678;
        private const uint Ttl = 4;

        private readonly byte[] _pdus = new byte[PduCount * PduLength];
        private readonly NetworkLayer _network;
        private int _next;

        public NetworkLayerFixture()
        {
            SubnetTable subnets = new SubnetTable(4);
            IvIndex ivIndex = new IvIndex();
            AdvertisingTransmitter transmitter = new AdvertisingTransmitter(this, 12, 24);

            ivIndex.Set(IvIndexValue, false, 0);
            _network = new NetworkLayer(subnets, ivIndex, new SequenceNumber(0), transmitter, this, 64);
            _network.SetAddresses(OwnAddress, 1);
            _network.RelayEnabled = true;
            subnets.Add(Subnet.PrimaryNetKeyIndex, new NetworkKey(new byte[NetworkKey.Size]));
        }

        public int TransmitCredit
        {
            get { return 1; }
        }

        public NetworkLayer Network
        {
            get { return _network; }
        }

        /// <summary>The PDUs, one behind the other.</summary>
        public byte[] Pdus
        {
            get { return _pdus; }
        }

        /// <summary>Makes the PDUs, all for one destination.</summary>
        public void Prepare(int destination)
        {
            NetworkCredentials credentials = NetworkCredentials.Flooding(new byte[NetworkKey.Size]);
            byte[] clear = new byte[ClearLength];

            BigEndian.WriteUInt16(clear, 0, destination);

            for (int i = 0; i < PduCount; i++)
            {
                credentials.Encrypt((Ttl << 24) | (uint)i, Source, IvIndexValue, Nonce.NetworkType, clear, 0, ClearLength, _pdus, i * PduLength);
            }
        }

        /// <summary>Takes the next PDU.</summary>
        public NetworkVerdict Receive()
        {
            int offset = _next * PduLength;

            if (++_next == PduCount)
            {
                _next = 0;
            }

            return _network.Receive(_pdus, offset, PduLength, NetworkInterface.Advertising, 0);
        }

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }

        public bool IsSubscribed(int destination)
        {
            return false;
        }

        public bool OnNetworkPdu(NetworkPdu pdu, long now)
        {
            return true;
        }

        public void OnSent(int tag, long now)
        {
        }
    }
}
