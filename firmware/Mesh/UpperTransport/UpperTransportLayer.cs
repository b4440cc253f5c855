using MeshNode.Access;
using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// The upper transport layer: secures access payloads and finds the key they were secured with. See Mesh Protocol 1.1, section 3.6.
    /// </summary>
    /// <remarks>An AID is 6 bits and a virtual address 14 bits of a hash: every key and every label that fits is tried. Nothing is allocated.</remarks>
    public sealed class UpperTransportLayer : ILowerTransportClient
    {
        private const int Verdicts = 7;

        /// <summary>The application keys.</summary>
        public readonly AppKeyTable AppKeys;

        /// <summary>The Label UUIDs.</summary>
        public readonly LabelTable Labels;

        /// <summary>The device key of this node, or <see langword="null"/> while it has none.</summary>
        public TransportKey DeviceKey;

        /// <summary>The device keys of other nodes, or <see langword="null"/>.</summary>
        public IRemoteDeviceKeys RemoteDeviceKeys;

        private readonly LowerTransportLayer _lower;
        private readonly Heartbeat _heartbeat;
        private readonly IUpperTransportClient _client;
        private readonly byte[] _payload = new byte[UpperTransportAccessPdu.MaxLength];
        private readonly uint[] _counts = new uint[Verdicts];
        private MeshStack _stack;
        private UpperTransportVerdict _lastVerdict;
        private int _count;
        private int _appKeyIndex;
        private int _labelPlace;

        /// <param name="heartbeat">Takes Heartbeat messages.</param>
        /// <param name="client">The access layer.</param>
        public UpperTransportLayer(
            LowerTransportLayer lower,
            AppKeyTable appKeys,
            LabelTable labels,
            Heartbeat heartbeat,
            IUpperTransportClient client)
        {
            _lower = lower;
            AppKeys = appKeys;
            Labels = labels;
            _heartbeat = heartbeat;
            _client = client;
        }

        /// <summary>Verdict on the last PDU.</summary>
        public UpperTransportVerdict LastVerdict
        {
            get { return _lastVerdict; }
        }

        /// <summary>How many received PDUs have met with a verdict.</summary>
        public uint Count(UpperTransportVerdict verdict)
        {
            return _counts[(int)verdict];
        }

        /// <summary>Binds it to the network layer's states.</summary>
        public void Bind(MeshStack stack)
        {
            _stack = stack;
        }

        /// <inheritdoc/>
        public bool IsSubscribed(int destination)
        {
            return _client.IsSubscribed(destination) || _heartbeat.IsSubscribed(destination);
        }

        /// <inheritdoc/>
        public bool Authenticate(UpperTransportPdu pdu)
        {
            UpperTransportVerdict verdict = pdu.Control ? CheckControl(pdu) : Decrypt(pdu);
            _lastVerdict = verdict;
            _counts[(int)verdict]++;

            return verdict <= UpperTransportVerdict.Control;
        }

        /// <inheritdoc/>
        public void Deliver(UpperTransportPdu pdu, long now)
        {
            if (pdu.Control)
            {
                _heartbeat.Receive(pdu, now);
            }
            else
            {
                _client.OnAccessPayload(pdu, _payload, _count, _appKeyIndex, _labelPlace, now);
            }
        }

        /// <summary>Secures an access payload and sends it.</summary>
        /// <param name="subnet">The subnet; <see langword="null"/> for that of the application key.</param>
        /// <param name="appKeyIndex">AppKey Index, or one of <see cref="AccessKey"/>.</param>
        /// <param name="label">Place of the label when the destination is a virtual address, else <see cref="LabelTable.None"/>.</param>
        /// <param name="ttl">TTL, 0 to 127.</param>
        /// <param name="segmented">Whether it goes in segments whatever its length.</param>
        /// <param name="szmic">Whether the TransMIC has 64 bits: it then goes in segments.</param>
        /// <param name="payload">The access payload from its first octet on; it is encrypted in place, unless it is not sent, and needs 8 octets more.</param>
        /// <param name="count">1 to 380 octets, with a TransMIC of 64 bits to 376.</param>
        public SendVerdict Send(
            Subnet subnet,
            int appKeyIndex,
            int source,
            int destination,
            int label,
            int ttl,
            bool segmented,
            bool szmic,
            byte[] payload,
            int count,
            long now)
        {
            int micSize = szmic ? UpperTransportAccessPdu.LongMicSize : UpperTransportAccessPdu.ShortMicSize;
            int length = count + micSize;
            segmented |= szmic;

            if (count < 1 || length > UpperTransportAccessPdu.MaxLength || destination == Address.Unassigned)
            {
                return SendVerdict.Invalid;
            }

            TransportKey key = FindTransmitKey(appKeyIndex, destination, ref subnet);

            if (key == null)
            {
                return SendVerdict.NoKey;
            }

            if (subnet == null || _stack.Subnets[subnet.Slot] != subnet)
            {
                return SendVerdict.NoSubnet;
            }

            if (!_lower.HasRoom(false, segmented, source, destination, length))
            {
                return SendVerdict.NoRoom;
            }

            uint sequence;

            if (!_stack.Sequence.TryTake(out sequence))
            {
                return SendVerdict.NoSequence;
            }

            byte[] additional = null;

            if (label != LabelTable.None)
            {
                Labels.CopyTo(label, Scratch.Pdu, 0);
                additional = Scratch.Pdu;
            }

            UpperTransportAccessPdu.Encrypt(key, szmic, sequence, source, destination, _stack.IvIndex.TransmitIndex, additional, payload, count, payload);
            int header = key.IsApplicationKey ? LowerTransportPdu.ApplicationKeyFlag | key.Aid : 0;

            return _lower.Send(subnet, false, header, szmic, segmented, ttl, sequence, source, destination, payload, length, now);
        }

        /// <summary>The node has left its network: the keys are zeroed.</summary>
        public void Clear()
        {
            AppKeys.Clear();
            Labels.Clear();

            if (DeviceKey != null)
            {
                DeviceKey.Clear();
                DeviceKey = null;
            }

            System.Array.Clear(_payload, 0, _payload.Length);
        }

        private static UpperTransportVerdict CheckControl(UpperTransportPdu pdu)
        {
            if (pdu.Header != Heartbeat.Opcode)
            {
                return UpperTransportVerdict.UnknownOpcode;
            }

            return pdu.Count == Heartbeat.Length ? UpperTransportVerdict.Control : UpperTransportVerdict.Length;
        }

        private UpperTransportVerdict Decrypt(UpperTransportPdu pdu)
        {
            int micSize = pdu.Szmic ? UpperTransportAccessPdu.LongMicSize : UpperTransportAccessPdu.ShortMicSize;

            if (pdu.Count <= micSize)
            {
                return UpperTransportVerdict.Length;
            }

            return (pdu.Header & LowerTransportPdu.ApplicationKeyFlag) != 0 ? DecryptWithAppKey(pdu) : DecryptWithDeviceKey(pdu);
        }

        private UpperTransportVerdict DecryptWithAppKey(UpperTransportPdu pdu)
        {
            int aid = pdu.Header & LowerTransportPdu.AidMask;
            int netKeyIndex = pdu.Subnet.NetKeyIndex;
            UpperTransportVerdict verdict = UpperTransportVerdict.UnknownKey;

            for (int i = 0; i < AppKeys.Capacity && verdict != UpperTransportVerdict.Accepted; i++)
            {
                if (AppKeys.IsUsed(i) && AppKeys.NetKeyIndex(i) == netKeyIndex)
                {
                    TransportKey key = AppKeys.Key(i);
                    TransportKey newKey = AppKeys.NewKey(i);
                    _appKeyIndex = AppKeys.AppKeyIndex(i);

                    if (key.Aid == aid)
                    {
                        verdict = DecryptWith(key, pdu);
                    }

                    if (verdict != UpperTransportVerdict.Accepted && newKey != null && newKey.Aid == aid)
                    {
                        verdict = DecryptWith(newKey, pdu);
                    }
                }
            }

            return verdict;
        }

        private UpperTransportVerdict DecryptWithDeviceKey(UpperTransportPdu pdu)
        {
            UpperTransportVerdict verdict = UpperTransportVerdict.UnknownKey;

            // AID is 0 for a device key: section 3.5.2.1.
            if (pdu.Header != 0)
            {
                return verdict;
            }

            if (DeviceKey != null)
            {
                _appKeyIndex = AccessKey.Device;
                verdict = DecryptWith(DeviceKey, pdu);
            }

            if (verdict != UpperTransportVerdict.Accepted && RemoteDeviceKeys != null)
            {
                TransportKey key = RemoteDeviceKeys.Find(pdu.Source);

                if (key != null)
                {
                    _appKeyIndex = AccessKey.RemoteDevice;
                    verdict = DecryptWith(key, pdu);
                }
            }

            return verdict;
        }

        private UpperTransportVerdict DecryptWith(TransportKey key, UpperTransportPdu pdu)
        {
            int destination = pdu.Destination;

            if (destination < Address.FirstVirtual || destination >= Address.FirstGroup)
            {
                _labelPlace = LabelTable.None;

                return TryDecrypt(key, pdu, null) ? UpperTransportVerdict.Accepted : UpperTransportVerdict.TransMic;
            }

            UpperTransportVerdict verdict = UpperTransportVerdict.UnknownLabel;

            for (int i = 0; i < Labels.Capacity; i++)
            {
                if (Labels.Address(i) == destination)
                {
                    Labels.CopyTo(i, Scratch.Pdu, 0);

                    if (TryDecrypt(key, pdu, Scratch.Pdu))
                    {
                        _labelPlace = i;

                        return UpperTransportVerdict.Accepted;
                    }

                    verdict = UpperTransportVerdict.TransMic;
                }
            }

            return verdict;
        }

        private bool TryDecrypt(TransportKey key, UpperTransportPdu pdu, byte[] label)
        {
            _count = UpperTransportAccessPdu.Decrypt(
                key,
                pdu.Szmic,
                pdu.Sequence,
                pdu.Source,
                pdu.Destination,
                pdu.IvIndex,
                label,
                pdu.Buffer,
                pdu.Offset,
                pdu.Count,
                _payload);

            return _count > 0;
        }

        private TransportKey FindTransmitKey(int appKeyIndex, int destination, ref Subnet subnet)
        {
            if (appKeyIndex == AccessKey.Device)
            {
                return DeviceKey;
            }

            if (appKeyIndex == AccessKey.RemoteDevice)
            {
                return RemoteDeviceKeys == null ? null : RemoteDeviceKeys.Find(destination);
            }

            int place = AppKeys.Find(appKeyIndex);

            if (place < 0)
            {
                return null;
            }

            subnet = _stack.Subnets.Find(AppKeys.NetKeyIndex(place));

            return subnet == null ? null : AppKeys.TransmitKey(place, subnet);
        }
    }
}
