using System;
using MeshNode.Access;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.Storage;
using MeshNode.UpperTransport;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// Configuration messages about one model: what it is bound to, publishes and subscribes to. See Mesh Protocol 1.1, section 4.4.1.2.
    /// </summary>
    /// <remarks>
    /// They begin with the address of the element and end with the identifier of the model, which has 2 octets, or 4 with a company identifier.
    /// What lies between has a length of its own for each opcode.
    /// </remarks>
    internal static class ConfigurationModels
    {
        private const int AddressSize = 2;
        private const int SigSize = 2;
        private const int VendorSize = 4;
        private const int BothSizes = 0;
        private const int PublicationSize = 5;
        private const int CredentialFlag = 0x1000;

        /// <summary>Takes a message, if it is one of these.</summary>
        public static ModelVerdict Receive(Node node, AccessMessage message, long now)
        {
            int middle = 0;
            int identifier = BothSizes;

            switch (message.Opcode)
            {
                case ConfigurationOpcode.ModelPublicationGet:
                case ConfigurationOpcode.ModelSubscriptionDeleteAll:
                    break;

                case ConfigurationOpcode.ModelPublicationSet:
                    middle = AddressSize + PublicationSize;
                    break;

                case ConfigurationOpcode.ModelPublicationVirtualAddressSet:
                    middle = LabelTable.LabelSize + PublicationSize;
                    break;

                case ConfigurationOpcode.ModelSubscriptionAdd:
                case ConfigurationOpcode.ModelSubscriptionDelete:
                case ConfigurationOpcode.ModelSubscriptionOverwrite:
                case ConfigurationOpcode.ModelAppBind:
                case ConfigurationOpcode.ModelAppUnbind:
                    middle = AddressSize;
                    break;

                case ConfigurationOpcode.ModelSubscriptionVirtualAddressAdd:
                case ConfigurationOpcode.ModelSubscriptionVirtualAddressDelete:
                case ConfigurationOpcode.ModelSubscriptionVirtualAddressOverwrite:
                    middle = LabelTable.LabelSize;
                    break;

                case ConfigurationOpcode.SigModelSubscriptionGet:
                case ConfigurationOpcode.SigModelAppGet:
                    identifier = SigSize;
                    break;

                case ConfigurationOpcode.VendorModelSubscriptionGet:
                case ConfigurationOpcode.VendorModelAppGet:
                    identifier = VendorSize;
                    break;

                default:
                    return ModelVerdict.UnknownOpcode;
            }

            int size = message.Count - AddressSize - middle;

            if (identifier == BothSizes ? size != SigSize && size != VendorSize : size != identifier)
            {
                return ModelVerdict.Length;
            }

            int address = LittleEndian.ReadUInt16(message.Buffer, message.Offset);

            if (!Address.IsUnicast(address))
            {
                return ModelVerdict.Prohibited;
            }

            int index = address - node.Stack.Network.PrimaryAddress;
            ConfigurationStatus status = ConfigurationStatus.InvalidAddress;
            Model model = null;

            if (index >= 0 && index < node.Access.Composition.Count)
            {
                model = Find(node.Access.Composition[index], message.Buffer, message.Offset + AddressSize + middle, size);
                status = model == null ? ConfigurationStatus.InvalidModel : ConfigurationStatus.Success;
            }

            switch (message.Opcode)
            {
                case ConfigurationOpcode.ModelPublicationGet:
                case ConfigurationOpcode.ModelPublicationSet:
                case ConfigurationOpcode.ModelPublicationVirtualAddressSet:
                    return ReceivePublication(node, message, model, status, size, now);

                case ConfigurationOpcode.ModelAppBind:
                case ConfigurationOpcode.ModelAppUnbind:
                    return ReceiveBinding(node, message, model, status, now);

                case ConfigurationOpcode.SigModelSubscriptionGet:
                case ConfigurationOpcode.SigModelAppGet:
                case ConfigurationOpcode.VendorModelSubscriptionGet:
                case ConfigurationOpcode.VendorModelAppGet:
                    return List(node, message, model, status, now);

                default:
                    return ReceiveSubscription(node, message, model, status, middle, size, now);
            }
        }

        private static Model Find(Element element, byte[] octets, int at, int size)
        {
            return size == SigSize
                ? element.Find(Model.Sig, LittleEndian.ReadUInt16(octets, at))
                : element.Find(LittleEndian.ReadUInt16(octets, at), LittleEndian.ReadUInt16(octets, at + SigSize));
        }

        private static ModelVerdict ReceivePublication(Node node, AccessMessage message, Model model, ConfigurationStatus status, int size, long now)
        {
            byte[] octets = message.Buffer;
            int at = message.Offset + AddressSize;
            bool set = message.Opcode != ConfigurationOpcode.ModelPublicationGet;
            bool isVirtual = message.Opcode == ConfigurationOpcode.ModelPublicationVirtualAddressSet;
            int parameters = at + (isVirtual ? LabelTable.LabelSize : AddressSize);

            if (set)
            {
                int ttl = octets[parameters + 2];

                if ((!isVirtual && IsVirtual(LittleEndian.ReadUInt16(octets, at))) || (ttl > NetworkPdu.MaxTtl && ttl != Publication.DefaultTtl))
                {
                    return ModelVerdict.Prohibited;
                }
            }

            if (status == ConfigurationStatus.Success)
            {
                status = !model.HasPublication ? ConfigurationStatus.InvalidPublishParameters
                    : set ? SetPublication(node, model, octets, at, parameters, isVirtual, now)
                    : status;
            }

            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.ModelPublicationStatus, answer);
            answer[count++] = (byte)status;
            Array.Copy(octets, message.Offset, answer, count, AddressSize);
            count += AddressSize;
            Publication publication = status == ConfigurationStatus.Success ? model.Publication : null;

            if (publication == null)
            {
                Array.Clear(answer, count, AddressSize + PublicationSize);
            }
            else
            {
                LittleEndian.WriteUInt16(answer, count, publication.Address);
                LittleEndian.WriteUInt16(answer, count + 2, publication.AppKeyIndex);
                answer[count + 4] = (byte)publication.Ttl;
                answer[count + 5] = (byte)publication.Period;
                answer[count + 6] = (byte)publication.Retransmit;
            }

            count += AddressSize + PublicationSize;
            Array.Copy(octets, message.Offset + message.Count - size, answer, count, size);

            return ConfigurationServer.Reply(node, message, count + size, now);
        }

        private static ConfigurationStatus SetPublication(Node node, Model model, byte[] octets, int at, int parameters, bool isVirtual, long now)
        {
            int key = LittleEndian.ReadUInt16(octets, parameters);
            int appKeyIndex = key & AccessKey.MaxIndex;

            // Friendship credentials are for low power nodes.
            if ((key & CredentialFlag) != 0)
            {
                return ConfigurationStatus.FeatureNotSupported;
            }

            if (!isVirtual && LittleEndian.ReadUInt16(octets, at) == Address.Unassigned)
            {
                if (model.Publication != null)
                {
                    node.Access.StopPublication(model, now);
                    node.Keep(StoredState.Model, StateEntries.KeyOf(model), now);
                }

                return ConfigurationStatus.Success;
            }

            int place = node.AppKeys.Find(appKeyIndex);

            if (place < 0 || (model.Bindings & (1u << place)) == 0)
            {
                return ConfigurationStatus.InvalidAppKeyIndex;
            }

            int label = LabelTable.None;

            if (isVirtual)
            {
                label = node.Labels.Refer(octets, at);

                if (label == LabelTable.None)
                {
                    return ConfigurationStatus.InsufficientResources;
                }
            }

            Publication publication = model.Publication;

            if (publication == null)
            {
                publication = new Publication();
                model.Publication = publication;
            }
            else
            {
                node.Labels.Release(publication.Label);
            }

            publication.Address = isVirtual ? node.Labels.Address(label) : LittleEndian.ReadUInt16(octets, at);
            publication.Label = label;
            publication.AppKeyIndex = appKeyIndex;
            publication.Ttl = octets[parameters + 2];
            publication.Period = octets[parameters + 3];
            publication.Retransmit = octets[parameters + 4];
            node.Access.OnPublicationChanged(model, now);
            node.Keep(StoredState.Model, StateEntries.KeyOf(model), now);

            return ConfigurationStatus.Success;
        }

        private static ModelVerdict ReceiveBinding(Node node, AccessMessage message, Model model, ConfigurationStatus status, long now)
        {
            int appKeyIndex = LittleEndian.ReadUInt16(message.Buffer, message.Offset + AddressSize);

            if (appKeyIndex > AccessKey.MaxIndex)
            {
                return ModelVerdict.Prohibited;
            }

            if (status == ConfigurationStatus.Success)
            {
                bool bind = message.Opcode == ConfigurationOpcode.ModelAppBind;
                int place = node.AppKeys.Find(appKeyIndex);

                if (bind && model.UsesDeviceKey)
                {
                    status = ConfigurationStatus.CannotBind;
                }
                else if (place < 0)
                {
                    status = ConfigurationStatus.InvalidAppKeyIndex;
                }
                else if (bind)
                {
                    model.Bindings |= 1u << place;
                    node.Keep(StoredState.Model, StateEntries.KeyOf(model), now);
                }
                else
                {
                    node.Access.Unbind(model, place, appKeyIndex, now);
                    node.Keep(StoredState.Model, StateEntries.KeyOf(model), now);
                }
            }

            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.ModelAppStatus, answer);
            answer[count++] = (byte)status;
            Array.Copy(message.Buffer, message.Offset, answer, count, message.Count);

            return ConfigurationServer.Reply(node, message, count + message.Count, now);
        }

        private static ModelVerdict ReceiveSubscription(
            Node node,
            AccessMessage message,
            Model model,
            ConfigurationStatus status,
            int middle,
            int size,
            long now)
        {
            byte[] octets = message.Buffer;
            int at = message.Offset + AddressSize;
            bool isVirtual = middle == LabelTable.LabelSize;
            int address = middle == AddressSize ? LittleEndian.ReadUInt16(octets, at) : Address.Unassigned;

            if (status == ConfigurationStatus.Success)
            {
                if (!model.HasSubscriptions)
                {
                    status = ConfigurationStatus.NotASubscribeModel;
                }
                else if (middle == 0)
                {
                    node.Subscriptions.RemoveAll(model);
                    node.Keep(StoredState.Subscriptions, StateEntries.ListKeyOf(model), now);
                }
                else if (middle == AddressSize && (address < Address.FirstGroup || address == Address.AllNodes))
                {
                    status = ConfigurationStatus.InvalidAddress;
                }
                else
                {
                    // Known labels need no key derivation, which takes time and allocates; the last subscription may take the label with it.
                    int label = isVirtual ? node.Labels.Find(octets, at) : LabelTable.None;
                    int known = label == LabelTable.None ? Address.Unassigned : node.Labels.Address(label);
                    status = Subscribe(node, message, model, isVirtual, address);
                    node.Keep(StoredState.Subscriptions, StateEntries.ListKeyOf(model), now);

                    if (isVirtual && status == ConfigurationStatus.Success)
                    {
                        address = known == Address.Unassigned ? KeyDerivation.VirtualAddress(octets, at) : known;
                    }
                }
            }

            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.ModelSubscriptionStatus, answer);
            answer[count++] = (byte)status;
            Array.Copy(octets, message.Offset, answer, count, AddressSize);
            LittleEndian.WriteUInt16(answer, count + AddressSize, address);
            count += 2 * AddressSize;
            Array.Copy(octets, message.Offset + message.Count - size, answer, count, size);

            return ConfigurationServer.Reply(node, message, count + size, now);
        }

        private static ConfigurationStatus Subscribe(Node node, AccessMessage message, Model model, bool isVirtual, int address)
        {
            SubscriptionTable subscriptions = node.Subscriptions;
            int label = LabelTable.None;

            if (message.Opcode == ConfigurationOpcode.ModelSubscriptionDelete || message.Opcode == ConfigurationOpcode.ModelSubscriptionVirtualAddressDelete)
            {
                if (isVirtual)
                {
                    label = node.Labels.Find(message.Buffer, message.Offset + AddressSize);

                    if (label == LabelTable.None)
                    {
                        return ConfigurationStatus.Success;
                    }

                    address = node.Labels.Address(label);
                }

                subscriptions.Remove(model, address, label);

                return ConfigurationStatus.Success;
            }

            bool overwrite = message.Opcode == ConfigurationOpcode.ModelSubscriptionOverwrite
                || message.Opcode == ConfigurationOpcode.ModelSubscriptionVirtualAddressOverwrite;

            // Nothing is removed for what does not fit.
            if (overwrite && subscriptions.Free == 0 && subscriptions.CountOf(model) == 0)
            {
                return ConfigurationStatus.InsufficientResources;
            }

            if (isVirtual)
            {
                label = node.Labels.Refer(message.Buffer, message.Offset + AddressSize);

                if (label == LabelTable.None)
                {
                    return ConfigurationStatus.InsufficientResources;
                }

                address = node.Labels.Address(label);
            }

            if (overwrite)
            {
                subscriptions.RemoveAll(model);
            }

            return subscriptions.Add(model, address, label) ? ConfigurationStatus.Success : ConfigurationStatus.InsufficientResources;
        }

        // The answer to a Get of subscriptions or keys has the opcode after it.
        private static ModelVerdict List(Node node, AccessMessage message, Model model, ConfigurationStatus status, long now)
        {
            byte[] answer = node.Access.Buffer;
            bool subscriptions = message.Opcode == ConfigurationOpcode.SigModelSubscriptionGet || message.Opcode == ConfigurationOpcode.VendorModelSubscriptionGet;
            int start = Opcode.Encode(message.Opcode + 1, answer);

            if (subscriptions && status == ConfigurationStatus.Success && !model.HasSubscriptions)
            {
                status = ConfigurationStatus.NotASubscribeModel;
            }

            answer[start++] = (byte)status;
            Array.Copy(message.Buffer, message.Offset, answer, start, message.Count);
            start += message.Count;
            int end = start;

            if (status != ConfigurationStatus.Success)
            {
                return ConfigurationServer.Reply(node, message, end, now);
            }

            if (subscriptions)
            {
                // What does not fit into a message is left out.
                int count = node.Subscriptions.CountOf(model);

                for (int i = 0; i < count && end + AddressSize <= AccessLayer.MaxPayload; i++)
                {
                    LittleEndian.WriteUInt16(answer, end, node.Subscriptions.AddressOf(model, i));
                    end += AddressSize;
                }
            }
            else
            {
                for (int i = 0; i < node.AppKeys.Capacity; i++)
                {
                    if ((model.Bindings & (1u << i)) != 0)
                    {
                        end = KeyIndexes.Append(node.AppKeys.AppKeyIndex(i), answer, start, end);
                    }
                }
            }

            return ConfigurationServer.Reply(node, message, end, now);
        }

        private static bool IsVirtual(int address)
        {
            return address >= Address.FirstVirtual && address < Address.FirstGroup;
        }
    }
}
