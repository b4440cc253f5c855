using System;
using MeshNode.Access;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Storage
{
    /// <summary>The state of a node as entries of a journal: what is in them, octet by octet.</summary>
    /// <remarks>
    /// Numbers are in big-endian order. An entry that is longer than this version knows is read as far as it is known, so that members can be added
    /// at the end. Entries of models have the model's identifier: what belongs to a model that the composition does not have any more, or has elsewhere,
    /// is not taken.
    /// </remarks>
    public static class StateEntries
    {
        /// <summary>Octets of the longest entry, a part of a subscription list.</summary>
        public const int MaxCount = IdentifierSize + ItemsSize;

        /// <summary>Octets of the longest entry of another kind, an application key during a key refresh.</summary>
        internal const int MaxStateCount = AppKeySize + KeySize;

        internal const int IvIndexSize = 9;
        internal const int SequenceSize = 8;
        internal const int ReplaySize = 7;

        private const int KeySize = NetworkKey.Size;
        private const int IdentitySize = 2 + KeySize;
        private const int NetKeySize = 1 + KeySize;
        private const int AppKeySize = 4 + KeySize;
        private const int SettingsSize = 6;
        private const int HeartbeatSize = 8;
        private const int IdentifierSize = 4;
        private const int ModelSize = IdentifierSize + 5;
        private const int PublicationSize = 5;

        // A group address takes 2 octets in a list, a Label UUID 18: the unassigned address, and the label.
        private const int AddressSize = 2;
        private const int ItemsSize = 108;
        private const int MaxItem = AddressSize + LabelTable.LabelSize;

        private const int SequenceBits = 24;
        private const int ElementShift = 8;

        private const byte NoPublication = 0;
        private const byte ToAddress = 1;
        private const byte ToLabel = 2;

        /// <summary>The index of a model's entries: its element, and its place in that.</summary>
        public static int KeyOf(Model model)
        {
            Element element = model.Element;
            int place = 0;

            while (element[place] != model)
            {
                place++;
            }

            return (element.Index << ElementShift) | place;
        }

        /// <summary>The index of a model's subscription list: that of the first model that shares it.</summary>
        public static int ListKeyOf(Model model)
        {
            Element element = model.Element;
            int place = 0;

            while (element[place].SubscriptionList != model.SubscriptionList)
            {
                place++;
            }

            return (element.Index << ElementShift) | place;
        }

        /// <summary>The model with an index, or <see langword="null"/>.</summary>
        internal static Model ModelAt(Node node, int key)
        {
            Composition composition = node.Access.Composition;
            int element = key >> ElementShift;
            int place = (byte)key;

            return element < composition.Count && place < composition[element].Count ? composition[element][place] : null;
        }

        internal static int EncodeIdentity(Node node, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt16(buffer, offset, node.Stack.Network.PrimaryAddress);
            node.UpperTransport.DeviceKey.CopyTo(buffer, offset + 2);

            return IdentitySize;
        }

        internal static bool DecodeIdentity(Node node, byte[] buffer, int offset, int count)
        {
            if (count < IdentitySize)
            {
                return false;
            }

            node.Stack.Network.SetAddresses(BigEndian.ReadUInt16(buffer, offset), node.Access.Composition.Count);
            node.UpperTransport.DeviceKey = TransportKey.Device(buffer, offset + 2);

            return true;
        }

        internal static int EncodeNetKey(Subnet subnet, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)subnet.Phase;
            subnet.Key.CopyTo(buffer, offset + 1);

            if (subnet.NewKey == null)
            {
                return NetKeySize;
            }

            subnet.NewKey.CopyTo(buffer, offset + NetKeySize);

            return NetKeySize + KeySize;
        }

        internal static bool DecodeNetKey(Node node, int netKeyIndex, byte[] buffer, int offset, int count)
        {
            KeyRefreshPhase phase = count < NetKeySize ? KeyRefreshPhase.Normal : (KeyRefreshPhase)buffer[offset];
            bool refresh = phase != KeyRefreshPhase.Normal;

            if (count < NetKeySize || phase > KeyRefreshPhase.Second || (refresh && count < NetKeySize + KeySize))
            {
                return false;
            }

            byte[] octets = new byte[KeySize];
            Array.Copy(buffer, offset + 1, octets, 0, KeySize);
            NetworkKey key = new NetworkKey(octets);
            NetworkKey newKey = null;

            if (refresh)
            {
                // A node that has joined in Phase 2 has one key for both.
                Array.Copy(buffer, offset + NetKeySize, octets, 0, KeySize);
                newKey = key.Matches(octets, 0) ? key : new NetworkKey(octets);
            }

            Array.Clear(octets, 0, KeySize);

            return node.Stack.Subnets.Restore(netKeyIndex, key, newKey, phase);
        }

        internal static int EncodeAppKey(AppKeyTable appKeys, int place, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt16(buffer, offset, appKeys.AppKeyIndex(place));
            BigEndian.WriteUInt16(buffer, offset + 2, appKeys.NetKeyIndex(place));
            appKeys.Key(place).CopyTo(buffer, offset + 4);

            if (appKeys.NewKey(place) == null)
            {
                return AppKeySize;
            }

            appKeys.NewKey(place).CopyTo(buffer, offset + AppKeySize);

            return AppKeySize + KeySize;
        }

        internal static bool DecodeAppKey(AppKeyTable appKeys, int place, byte[] buffer, int offset, int count)
        {
            if (count < AppKeySize || place >= appKeys.Capacity)
            {
                return false;
            }

            TransportKey newKey = count < AppKeySize + KeySize ? null : TransportKey.Application(buffer, offset + AppKeySize);
            appKeys.Restore(
                place,
                BigEndian.ReadUInt16(buffer, offset),
                BigEndian.ReadUInt16(buffer, offset + 2),
                TransportKey.Application(buffer, offset + 4),
                newKey);

            return true;
        }

        internal static int EncodeIvIndex(IvIndex ivIndex, int hours, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt32(buffer, offset, ivIndex.Current);
            buffer[offset + 4] = (byte)(ivIndex.UpdateInProgress ? 1 : 0);
            BigEndian.WriteUInt32(buffer, offset + 5, (uint)hours);

            return IvIndexSize;
        }

        internal static bool DecodeIvIndex(IvIndex ivIndex, byte[] buffer, int offset, int count, long now)
        {
            if (count < IvIndexSize)
            {
                return false;
            }

            ivIndex.Restore(BigEndian.ReadUInt32(buffer, offset), buffer[offset + 4] != 0, (int)BigEndian.ReadUInt32(buffer, offset + 5), now);

            return true;
        }

        internal static int EncodeSequence(uint ivIndex, uint limit, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt32(buffer, offset, ivIndex);
            BigEndian.WriteUInt32(buffer, offset + 4, limit);

            return SequenceSize;
        }

        internal static bool DecodeSequence(byte[] buffer, int offset, int count, out uint ivIndex, out uint limit)
        {
            bool valid = count >= SequenceSize;
            ivIndex = valid ? BigEndian.ReadUInt32(buffer, offset) : 0;
            limit = valid ? BigEndian.ReadUInt32(buffer, offset + 4) : 0;

            return valid;
        }

        internal static int EncodeReplay(long number, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt32(buffer, offset, (uint)(number >> SequenceBits));
            BigEndian.WriteUInt32(buffer, offset + 3, ((uint)(number >> SequenceBits) << SequenceBits) | ((uint)number & SequenceNumber.Max));

            return ReplaySize;
        }

        internal static bool DecodeReplay(ReplayProtectionList replay, int source, byte[] buffer, int offset, int count)
        {
            if (count < ReplaySize || !Address.IsUnicast(source))
            {
                return false;
            }

            long ivIndex = BigEndian.ReadUInt32(buffer, offset);
            replay.Restore(source, (ivIndex << SequenceBits) | (BigEndian.ReadUInt32(buffer, offset + 3) & SequenceNumber.Max));

            return true;
        }

        internal static int EncodeSettings(Node node, byte[] buffer, int offset)
        {
            NetworkLayer network = node.Stack.Network;
            buffer[offset] = (byte)(network.RelayEnabled ? 1 : 0);
            buffer[offset + 1] = (byte)network.RelayRetransmit;
            buffer[offset + 2] = (byte)network.NetworkTransmit;
            buffer[offset + 3] = (byte)(network.ProxyEnabled ? 1 : 0);
            buffer[offset + 4] = (byte)(node.Stack.Beacons.Enabled ? 1 : 0);
            buffer[offset + 5] = (byte)node.Access.DefaultTtl;

            return SettingsSize;
        }

        internal static bool DecodeSettings(Node node, byte[] buffer, int offset, int count, long now)
        {
            if (count < SettingsSize || buffer[offset + 5] > NetworkPdu.MaxTtl)
            {
                return false;
            }

            NetworkLayer network = node.Stack.Network;
            network.RelayEnabled = buffer[offset] != 0;
            network.RelayRetransmit = buffer[offset + 1];
            network.NetworkTransmit = buffer[offset + 2];
            node.Stack.SetProxyEnabled(buffer[offset + 3] != 0, now);
            node.Stack.Beacons.Enabled = buffer[offset + 4] != 0;
            node.Access.DefaultTtl = buffer[offset + 5];

            return true;
        }

        internal static int EncodeHeartbeat(Heartbeat heartbeat, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt16(buffer, offset, heartbeat.Destination);
            buffer[offset + 2] = (byte)heartbeat.CountLog;
            buffer[offset + 3] = (byte)heartbeat.PeriodLog;
            buffer[offset + 4] = (byte)heartbeat.Ttl;
            buffer[offset + 5] = (byte)heartbeat.Features;
            BigEndian.WriteUInt16(buffer, offset + 6, heartbeat.NetKeyIndex);

            return HeartbeatSize;
        }

        internal static bool DecodeHeartbeat(Heartbeat heartbeat, byte[] buffer, int offset, int count, long now)
        {
            if (count < HeartbeatSize)
            {
                return false;
            }

            heartbeat.SetPublication(
                BigEndian.ReadUInt16(buffer, offset),
                buffer[offset + 2],
                buffer[offset + 3],
                buffer[offset + 4],
                buffer[offset + 5],
                BigEndian.ReadUInt16(buffer, offset + 6),
                now);

            return true;
        }

        internal static int EncodeModel(Node node, Model model, byte[] buffer, int offset)
        {
            EncodeIdentifier(model, buffer, offset);
            BigEndian.WriteUInt32(buffer, offset + IdentifierSize, model.Bindings);
            Publication publication = model.Publication;
            int end = offset + ModelSize;
            buffer[end - 1] = NoPublication;

            if (publication == null || publication.Address == Address.Unassigned)
            {
                return ModelSize;
            }

            if (publication.Label == LabelTable.None)
            {
                buffer[end - 1] = ToAddress;
                BigEndian.WriteUInt16(buffer, end, publication.Address);
                end += AddressSize;
            }
            else
            {
                buffer[end - 1] = ToLabel;
                node.Labels.CopyTo(publication.Label, buffer, end);
                end += LabelTable.LabelSize;
            }

            BigEndian.WriteUInt16(buffer, end, publication.AppKeyIndex);
            buffer[end + 2] = (byte)publication.Ttl;
            buffer[end + 3] = (byte)publication.Period;
            buffer[end + 4] = (byte)publication.Retransmit;

            return end + PublicationSize - offset;
        }

        internal static bool DecodeModel(Node node, Model model, byte[] buffer, int offset, int count, long now)
        {
            if (count < ModelSize || !HasIdentifier(model, buffer, offset))
            {
                return false;
            }

            byte destination = buffer[offset + ModelSize - 1];
            int addressSize = destination == ToLabel ? LabelTable.LabelSize : AddressSize;

            if (destination > ToLabel || (destination != NoPublication && count < ModelSize + addressSize + PublicationSize))
            {
                return false;
            }

            model.Bindings = BigEndian.ReadUInt32(buffer, offset + IdentifierSize);
            offset += ModelSize;
            int label = destination == ToLabel ? node.Labels.Refer(buffer, offset) : LabelTable.None;

            if (model.Publication != null)
            {
                node.Access.StopPublication(model, now);
            }

            if (destination == NoPublication)
            {
                return true;
            }

            if (destination == ToLabel && label == LabelTable.None)
            {
                return false;
            }

            if (model.Publication == null)
            {
                model.Publication = new Publication();
            }

            Publication publication = model.Publication;
            publication.Address = destination == ToLabel ? node.Labels.Address(label) : BigEndian.ReadUInt16(buffer, offset);
            publication.Label = label;
            offset += addressSize;
            publication.AppKeyIndex = BigEndian.ReadUInt16(buffer, offset) & AccessKey.MaxIndex;
            publication.Ttl = buffer[offset + 2];
            publication.Period = buffer[offset + 3];
            publication.Retransmit = buffer[offset + 4];
            node.Access.OnPublicationChanged(model, now);

            return true;
        }

        internal static int EncodeKeptState(Model model, byte[] buffer, int offset)
        {
            EncodeIdentifier(model, buffer, offset);

            return IdentifierSize + ((IKeptState)model).EncodeKept(buffer, offset + IdentifierSize);
        }

        internal static bool DecodeKeptState(Model model, byte[] buffer, int offset, int count)
        {
            return count >= IdentifierSize
                && HasIdentifier(model, buffer, offset)
                && model is IKeptState
                && ((IKeptState)model).DecodeKept(buffer, offset + IdentifierSize, count - IdentifierSize);
        }

        /// <summary>Octets that the next part of a subscription list takes at most.</summary>
        internal static int MaxSubscriptions(Node node, Model model, int item)
        {
            int count = IdentifierSize + MaxItem * (node.Subscriptions.CountOf(model) - item);

            return count < MaxCount ? count : MaxCount;
        }

        /// <summary>Writes a part of a subscription list.</summary>
        /// <param name="item">The first entry of the list that is in this part; then the first of the next part.</param>
        internal static int EncodeSubscriptions(Node node, Model model, ref int item, byte[] buffer, int offset)
        {
            SubscriptionTable subscriptions = node.Subscriptions;
            EncodeIdentifier(model, buffer, offset);
            int end = offset + IdentifierSize;
            int items = subscriptions.CountOf(model);

            for (; item < items && end + MaxItem <= offset + MaxCount; item++)
            {
                int label = subscriptions.LabelOf(model, item);
                BigEndian.WriteUInt16(buffer, end, label == LabelTable.None ? subscriptions.AddressOf(model, item) : Address.Unassigned);
                end += AddressSize;

                if (label != LabelTable.None)
                {
                    node.Labels.CopyTo(label, buffer, end);
                    end += LabelTable.LabelSize;
                }
            }

            return end - offset;
        }

        internal static bool DecodeSubscriptions(Node node, Model model, bool first, byte[] buffer, int offset, int count)
        {
            if (count < IdentifierSize || !HasIdentifier(model, buffer, offset))
            {
                return false;
            }

            if (first)
            {
                node.Subscriptions.RemoveAll(model);
            }

            bool complete = true;
            int end = offset + count;

            for (offset += IdentifierSize; offset + AddressSize <= end; offset += AddressSize)
            {
                int address = BigEndian.ReadUInt16(buffer, offset);
                int label = LabelTable.None;

                if (address == Address.Unassigned)
                {
                    if (offset + MaxItem > end)
                    {
                        return false;
                    }

                    label = node.Labels.Refer(buffer, offset + AddressSize);
                    offset += LabelTable.LabelSize;

                    if (label == LabelTable.None)
                    {
                        complete = false;

                        continue;
                    }

                    address = node.Labels.Address(label);
                }

                complete &= node.Subscriptions.Add(model, address, label);
            }

            return complete;
        }

        private static void EncodeIdentifier(Model model, byte[] buffer, int offset)
        {
            BigEndian.WriteUInt16(buffer, offset, model.Company);
            BigEndian.WriteUInt16(buffer, offset + 2, model.Id);
        }

        // Models of the Bluetooth SIG have company FFFF here, which is nobody's.
        private static bool HasIdentifier(Model model, byte[] buffer, int offset)
        {
            return BigEndian.ReadUInt16(buffer, offset) == (ushort)model.Company && BigEndian.ReadUInt16(buffer, offset + 2) == model.Id;
        }
    }
}
