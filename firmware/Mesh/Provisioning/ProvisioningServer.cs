using MeshNode.Bearers;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>The provisioning device role over both bearers. See Mesh Protocol 1.1, section 5.</summary>
    /// <remarks>All its memory, some 5 KB with the 1.3 KB of P-256, is allocated by the constructor; a node has no use for it and lets it go.</remarks>
    public sealed class ProvisioningServer
    {
        /// <summary>The provisioning protocol.</summary>
        public readonly Provisionee Provisionee;

        private readonly PbAdvBearer _pbAdv;
        private readonly PbGattBearer _pbGatt;
        private readonly uint[] _pbAdvCounts = new uint[(int)PbAdvVerdict.Segment + 1];
        private readonly uint[] _pbGattCounts = new uint[(int)PbGattVerdict.NotConnected + 1];

        /// <param name="transmitter">For PB-ADV.</param>
        /// <param name="gattBearer">For PB-GATT.</param>
        /// <param name="random">The chip's random number generator.</param>
        /// <param name="capabilities">What is offered.</param>
        /// <param name="stack">Joins the network.</param>
        /// <param name="client">The application.</param>
        public ProvisioningServer(
            AdvertisingTransmitter transmitter,
            IGattBearer gattBearer,
            IRandomSource random,
            ProvisioningCapabilities capabilities,
            IProvisioneeClient stack,
            IProvisioningClient client)
        {
            Provisionee = new Provisionee(capabilities, random, stack, client);
            _pbAdv = new PbAdvBearer(transmitter, random, capabilities.Uuid, Provisionee);
            _pbGatt = new PbGattBearer(gattBearer, Provisionee);
        }

        /// <summary>Whether the device is a node, and nothing is left to do.</summary>
        public bool IsFinished
        {
            get { return Provisionee.State == ProvisioneeState.Complete && !Provisionee.IsLinkOpen && _pbAdv.IsIdle; }
        }

        /// <summary>Whether a provisioner is connected over GATT.</summary>
        public bool IsConnected
        {
            get { return _pbGatt.IsConnected; }
        }

        /// <summary>How many PB-ADV PDUs have met with a verdict.</summary>
        public uint Count(PbAdvVerdict verdict)
        {
            return _pbAdvCounts[(int)verdict];
        }

        /// <summary>How many values written by a provisioner have met with a verdict.</summary>
        public uint Count(PbGattVerdict verdict)
        {
            return _pbGattCounts[(int)verdict];
        }

        /// <summary>Whether a connection is the provisioner's.</summary>
        public bool Owns(int connection)
        {
            return _pbGatt.Owns(connection);
        }

        /// <summary>Takes a PB-ADV PDU. It is not kept.</summary>
        public void OnReceived(byte[] payload, int offset, int count, long now)
        {
            _pbAdvCounts[(int)_pbAdv.Receive(payload, offset, count, now)]++;
        }

        /// <summary>A client has connected.</summary>
        /// <returns><see langword="false"/> when the device is a node: it is not a provisioner then.</returns>
        public bool OnConnected(int connection, long now)
        {
            if (Provisionee.State == ProvisioneeState.Complete)
            {
                return false;
            }

            _pbGatt.OnConnected(connection, now);

            return true;
        }

        /// <summary>The ATT_MTU of the provisioner's connection is known.</summary>
        public void OnMtuChanged(int mtu)
        {
            _pbGatt.OnMtuChanged(mtu);
        }

        /// <summary>The provisioner has enabled or disabled notifications.</summary>
        public void OnSubscribed(bool enabled)
        {
            _pbGatt.OnSubscribed(enabled);
        }

        /// <summary>The provisioner has written a value. It is not kept.</summary>
        public void OnWritten(byte[] value, int offset, int count, long now)
        {
            _pbGattCounts[(int)_pbGatt.OnWritten(value, offset, count, now)]++;
        }

        /// <summary>The bearer has room for notifications again.</summary>
        public void OnNotified()
        {
            _pbGatt.OnNotified();
        }

        /// <summary>The provisioner's connection is gone.</summary>
        public void OnDisconnected(long now)
        {
            _pbGatt.OnDisconnected(now);
        }

        /// <summary>Does what time brings: slices of computations, PDUs that are due, time-outs.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            long next = Provisionee.Tick(now);
            long pbAdv = _pbAdv.Tick(now);
            long pbGatt = _pbGatt.Tick(now);
            next = pbAdv < next ? pbAdv : next;

            return pbGatt < next ? pbGatt : next;
        }
    }
}
