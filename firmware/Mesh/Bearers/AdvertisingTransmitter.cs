namespace MeshNode.Bearers
{
    /// <summary>
    /// Decides in which order payloads go to the advertising bearer: what the node itself and its proxy clients send goes
    /// before what it relays, and each of the two leaves in the order in which it came.
    /// </summary>
    /// <remarks>
    /// PDUs of one source must leave in the order of their SEQ, or the receivers' replay protection drops the earlier one:
    /// a PDU from a proxy client whose source still has a relayed PDU waiting is put behind that one. A full queue refuses
    /// the newcomer: the sender of a relayed PDU repeats it, and an own message is refused before its SEQ is used.
    /// </remarks>
    public sealed class AdvertisingTransmitter
    {
        /// <summary>The bearer.</summary>
        internal readonly IAdvertisingBearer Bearer;

        private readonly TransmitQueue _local;
        private readonly TransmitQueue _relay;

        /// <param name="localCapacity">Places for own traffic and traffic of proxy clients.</param>
        /// <param name="relayCapacity">Places for relayed traffic.</param>
        public AdvertisingTransmitter(IAdvertisingBearer bearer, int localCapacity, int relayCapacity)
        {
            Bearer = bearer;
            _local = new TransmitQueue(localCapacity, true);
            _relay = new TransmitQueue(relayCapacity, false);
        }

        /// <summary>Whether one more payload of the node's own is taken.</summary>
        public bool HasRoom
        {
            get { return !_local.IsFull; }
        }

        /// <summary>Payloads that wait.</summary>
        public int Waiting
        {
            get { return _local.Count + _relay.Count; }
        }

        /// <summary>Queues a payload of the node's own: a Network PDU, a beacon, a PB-ADV PDU.</summary>
        /// <param name="transmit">See <see cref="TransmitState"/>.</param>
        /// <param name="source">SRC of a Network PDU, 0 for anything else.</param>
        /// <param name="tag">Given back when it has been sent; 0 when nobody wants to know.</param>
        /// <returns><see langword="false"/> when there is no room.</returns>
        public bool SendOwn(int type, byte[] payload, int offset, int count, int transmit, int source, int tag)
        {
            return Send(_local, type, payload, offset, count, transmit, source, tag);
        }

        /// <summary>Queues a Network PDU that a proxy client sent.</summary>
        /// <returns><see langword="false"/> when there is no room.</returns>
        public bool SendFromProxyClient(byte[] pdu, int count, int transmit, int source)
        {
            TransmitQueue queue = _relay.ContainsSource(source) ? _relay : _local;

            return Send(queue, AdvertisingData.MeshMessage, pdu, 0, count, transmit, source, 0);
        }

        /// <summary>Queues a Network PDU that came over the advertising bearer.</summary>
        /// <returns><see langword="false"/> when there is no room.</returns>
        public bool SendRelayed(byte[] pdu, int count, int transmit, int source)
        {
            return Send(_relay, AdvertisingData.MeshMessage, pdu, 0, count, transmit, source, 0);
        }

        /// <summary>Gives the bearer what it has credit for.</summary>
        public void Pump()
        {
            while (Bearer.TransmitCredit > 0)
            {
                if (_local.Count > 0)
                {
                    _local.SendFirst(Bearer);
                }
                else if (_relay.Count > 0)
                {
                    _relay.SendFirst(Bearer);
                }
                else
                {
                    return;
                }
            }
        }

        /// <summary>Forgets everything that waits.</summary>
        public void Clear()
        {
            _local.Clear();
            _relay.Clear();
        }

        private bool Send(TransmitQueue queue, int type, byte[] payload, int offset, int count, int transmit, int source, int tag)
        {
            if (!queue.Enqueue(type, payload, offset, count, transmit, source, tag))
            {
                return false;
            }

            Pump();

            return true;
        }
    }
}
