using System;
using MeshNode.Access;
using MeshNode.Network;
using MeshNode.Storage;
using MeshNode.UpperTransport;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// Configuration messages about network keys, application keys, the key refresh and the Node Identity of subnets. See Mesh
    /// Protocol 1.1, section 4.4.1.2.
    /// </summary>
    /// <remarks>What is asked for a second time, because the answer was lost, succeeds.</remarks>
    internal static class ConfigurationKeys
    {
        private const int IndexSize = 2;
        private const int NetKeyLength = IndexSize + NetworkKey.Size;
        private const int AppKeyLength = KeyIndexes.PairSize + TransportKey.Size;
        private const int SecondPhase = 2;
        private const int ThirdPhase = 3;

        /// <summary>Takes a message, if it is one of these.</summary>
        public static ModelVerdict Receive(Node node, AccessMessage message, long now)
        {
            int length;

            switch (message.Opcode)
            {
                case ConfigurationOpcode.AppKeyAdd:
                case ConfigurationOpcode.AppKeyUpdate:
                    length = AppKeyLength;
                    break;

                case ConfigurationOpcode.AppKeyDelete:
                    length = KeyIndexes.PairSize;
                    break;

                case ConfigurationOpcode.NetKeyAdd:
                case ConfigurationOpcode.NetKeyUpdate:
                    length = NetKeyLength;
                    break;

                case ConfigurationOpcode.NetKeyGet:
                    length = 0;
                    break;

                case ConfigurationOpcode.KeyRefreshPhaseSet:
                case ConfigurationOpcode.NodeIdentitySet:
                    length = IndexSize + 1;
                    break;

                case ConfigurationOpcode.AppKeyGet:
                case ConfigurationOpcode.NetKeyDelete:
                case ConfigurationOpcode.KeyRefreshPhaseGet:
                case ConfigurationOpcode.NodeIdentityGet:
                    length = IndexSize;
                    break;

                default:
                    return ModelVerdict.UnknownOpcode;
            }

            if (message.Count != length)
            {
                return ModelVerdict.Length;
            }

            switch (message.Opcode)
            {
                case ConfigurationOpcode.AppKeyAdd:
                case ConfigurationOpcode.AppKeyUpdate:
                case ConfigurationOpcode.AppKeyDelete:
                    return AppKey(node, message, now);

                case ConfigurationOpcode.NetKeyGet:
                    return ListNetKeys(node, message, now);
            }

            int netKeyIndex = LittleEndian.ReadUInt16(message.Buffer, message.Offset);

            if (netKeyIndex > AccessKey.MaxIndex)
            {
                return ModelVerdict.Prohibited;
            }

            switch (message.Opcode)
            {
                case ConfigurationOpcode.AppKeyGet:
                    return ListAppKeys(node, message, netKeyIndex, now);

                case ConfigurationOpcode.KeyRefreshPhaseGet:
                case ConfigurationOpcode.KeyRefreshPhaseSet:
                    return Phase(node, message, netKeyIndex, now);

                case ConfigurationOpcode.NodeIdentityGet:
                case ConfigurationOpcode.NodeIdentitySet:
                    return Identity(node, message, netKeyIndex, now);

                default:
                    return NetKey(node, message, netKeyIndex, now);
            }
        }

        private static ModelVerdict NetKey(Node node, AccessMessage message, int netKeyIndex, long now)
        {
            ConfigurationStatus status;

            if (message.Opcode == ConfigurationOpcode.NetKeyDelete)
            {
                status = DeleteNetKey(node, message, netKeyIndex);
            }
            else
            {
                byte[] key = new byte[NetworkKey.Size];
                Array.Copy(message.Buffer, message.Offset + IndexSize, key, 0, key.Length);
                status = message.Opcode == ConfigurationOpcode.NetKeyAdd ? AddNetKey(node, netKeyIndex, key) : UpdateNetKey(node, netKeyIndex, key);
                Array.Clear(key, 0, key.Length);
            }

            return Answer(node, message, ConfigurationOpcode.NetKeyStatus, status, netKeyIndex, -1, now);
        }

        private static ConfigurationStatus AddNetKey(Node node, int netKeyIndex, byte[] key)
        {
            SubnetTable subnets = node.Stack.Subnets;
            Subnet subnet = subnets.Find(netKeyIndex);

            if (subnet != null)
            {
                return subnet.Key.Matches(key, 0) ? ConfigurationStatus.Success : ConfigurationStatus.KeyIndexAlreadyStored;
            }

            if (subnets.Count == subnets.Capacity)
            {
                return ConfigurationStatus.InsufficientResources;
            }

            subnets.Add(netKeyIndex, new NetworkKey(key));

            return ConfigurationStatus.Success;
        }

        private static ConfigurationStatus UpdateNetKey(Node node, int netKeyIndex, byte[] key)
        {
            Subnet subnet = node.Stack.Subnets.Find(netKeyIndex);

            if (subnet == null)
            {
                return ConfigurationStatus.InvalidNetKeyIndex;
            }

            if (subnet.Phase == KeyRefreshPhase.Normal)
            {
                if (subnet.Key.Matches(key, 0))
                {
                    return ConfigurationStatus.KeyIndexAlreadyStored;
                }

                node.Stack.Subnets.StartKeyRefresh(subnet, new NetworkKey(key));

                return ConfigurationStatus.Success;
            }

            return subnet.Phase == KeyRefreshPhase.First && subnet.NewKey.Matches(key, 0)
                ? ConfigurationStatus.Success
                : ConfigurationStatus.CannotUpdate;
        }

        // The key that the message came with stays, so there is always one left.
        private static ConfigurationStatus DeleteNetKey(Node node, AccessMessage message, int netKeyIndex)
        {
            if (message.Subnet.NetKeyIndex == netKeyIndex)
            {
                return ConfigurationStatus.CannotRemove;
            }

            Subnet subnet = node.Stack.Subnets.Find(netKeyIndex);

            if (subnet != null)
            {
                node.Stack.Subnets.Remove(subnet);
            }

            return ConfigurationStatus.Success;
        }

        private static ModelVerdict ListNetKeys(Node node, AccessMessage message, long now)
        {
            SubnetTable subnets = node.Stack.Subnets;
            byte[] answer = node.Access.Buffer;
            int start = Opcode.Encode(ConfigurationOpcode.NetKeyList, answer);
            int end = start;

            for (int i = 0; i < subnets.Capacity; i++)
            {
                if (subnets[i] != null)
                {
                    end = KeyIndexes.Append(subnets[i].NetKeyIndex, answer, start, end);
                }
            }

            return ConfigurationServer.Reply(node, message, end, now);
        }

        private static ModelVerdict AppKey(Node node, AccessMessage message, long now)
        {
            byte[] octets = message.Buffer;
            int at = message.Offset;
            Subnet subnet = node.Stack.Subnets.Find(KeyIndexes.First(octets, at));
            int appKeyIndex = KeyIndexes.Second(octets, at);
            int place = node.AppKeys.Find(appKeyIndex);
            ConfigurationStatus status;

            if (subnet == null)
            {
                status = ConfigurationStatus.InvalidNetKeyIndex;
            }
            else if (message.Opcode == ConfigurationOpcode.AppKeyAdd)
            {
                status = AddAppKey(node, subnet, appKeyIndex, place, octets, at + KeyIndexes.PairSize, now);
            }
            else if (place < 0)
            {
                status = message.Opcode == ConfigurationOpcode.AppKeyDelete ? ConfigurationStatus.Success : ConfigurationStatus.InvalidAppKeyIndex;
            }
            else if (node.AppKeys.NetKeyIndex(place) != subnet.NetKeyIndex)
            {
                status = ConfigurationStatus.InvalidBinding;
            }
            else if (message.Opcode == ConfigurationOpcode.AppKeyUpdate)
            {
                status = UpdateAppKey(node, subnet, place, octets, at + KeyIndexes.PairSize, now);
            }
            else
            {
                node.RemoveAppKey(place, now);
                status = ConfigurationStatus.Success;
            }

            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.AppKeyStatus, answer);
            answer[count++] = (byte)status;
            Array.Copy(octets, at, answer, count, KeyIndexes.PairSize);

            return ConfigurationServer.Reply(node, message, count + KeyIndexes.PairSize, now);
        }

        private static ConfigurationStatus AddAppKey(Node node, Subnet subnet, int appKeyIndex, int place, byte[] octets, int at, long now)
        {
            AppKeyTable appKeys = node.AppKeys;

            if (place >= 0)
            {
                if (appKeys.NetKeyIndex(place) != subnet.NetKeyIndex)
                {
                    return ConfigurationStatus.InvalidNetKeyIndex;
                }

                return appKeys.Key(place).Matches(octets, at) ? ConfigurationStatus.Success : ConfigurationStatus.KeyIndexAlreadyStored;
            }

            for (int i = 0; i < appKeys.Capacity; i++)
            {
                if (!appKeys.IsUsed(i))
                {
                    appKeys.Add(appKeyIndex, subnet.NetKeyIndex, TransportKey.Application(octets, at));
                    node.Keep(StoredState.AppKey, i, now);

                    return ConfigurationStatus.Success;
                }
            }

            return ConfigurationStatus.InsufficientResources;
        }

        private static ConfigurationStatus UpdateAppKey(Node node, Subnet subnet, int place, byte[] octets, int at, long now)
        {
            AppKeyTable appKeys = node.AppKeys;

            if (subnet.Phase != KeyRefreshPhase.First)
            {
                return ConfigurationStatus.CannotUpdate;
            }

            TransportKey known = appKeys.NewKey(place);

            if (known != null)
            {
                return known.Matches(octets, at) ? ConfigurationStatus.Success : ConfigurationStatus.CannotUpdate;
            }

            appKeys.Update(place, TransportKey.Application(octets, at));
            node.Keep(StoredState.AppKey, place, now);

            return ConfigurationStatus.Success;
        }

        private static ModelVerdict ListAppKeys(Node node, AccessMessage message, int netKeyIndex, long now)
        {
            AppKeyTable appKeys = node.AppKeys;
            byte[] answer = node.Access.Buffer;
            bool known = node.Stack.Subnets.Find(netKeyIndex) != null;
            int start = Opcode.Encode(ConfigurationOpcode.AppKeyList, answer);
            answer[start] = (byte)(known ? ConfigurationStatus.Success : ConfigurationStatus.InvalidNetKeyIndex);
            LittleEndian.WriteUInt16(answer, start + 1, netKeyIndex);
            start += 1 + IndexSize;
            int end = start;

            for (int i = 0; i < appKeys.Capacity; i++)
            {
                if (appKeys.IsUsed(i) && appKeys.NetKeyIndex(i) == netKeyIndex)
                {
                    end = KeyIndexes.Append(appKeys.AppKeyIndex(i), answer, start, end);
                }
            }

            return ConfigurationServer.Reply(node, message, end, now);
        }

        // Transitions are to 2, but from normal operation, and to 3, which ends the key refresh from wherever it is.
        private static ModelVerdict Phase(Node node, AccessMessage message, int netKeyIndex, long now)
        {
            SubnetTable subnets = node.Stack.Subnets;
            Subnet subnet = subnets.Find(netKeyIndex);

            if (message.Opcode == ConfigurationOpcode.KeyRefreshPhaseSet)
            {
                int transition = message.Buffer[message.Offset + IndexSize];

                if (transition != SecondPhase && transition != ThirdPhase)
                {
                    return ModelVerdict.Prohibited;
                }

                if (subnet != null && transition == SecondPhase)
                {
                    if (subnet.Phase == KeyRefreshPhase.Normal)
                    {
                        return ModelVerdict.Prohibited;
                    }

                    if (subnet.Phase == KeyRefreshPhase.First)
                    {
                        subnets.EnterSecondPhase(subnet);
                    }
                }
                else if (subnet != null && subnet.Phase != KeyRefreshPhase.Normal)
                {
                    subnets.RevokeOldKey(subnet);
                }
            }

            return Answer(
                node,
                message,
                ConfigurationOpcode.KeyRefreshPhaseStatus,
                subnet == null ? ConfigurationStatus.InvalidNetKeyIndex : ConfigurationStatus.Success,
                netKeyIndex,
                subnet == null ? 0 : (int)subnet.Phase,
                now);
        }

        private static ModelVerdict Identity(Node node, AccessMessage message, int netKeyIndex, long now)
        {
            Subnet subnet = node.Stack.Subnets.Find(netKeyIndex);

            if (message.Opcode == ConfigurationOpcode.NodeIdentitySet)
            {
                int identity = message.Buffer[message.Offset + IndexSize];

                if (identity > 1)
                {
                    return ModelVerdict.Prohibited;
                }

                if (subnet != null && identity != 0)
                {
                    node.Stack.Advertiser.StartNodeIdentity(subnet, now);
                }
                else if (subnet != null)
                {
                    node.Stack.Advertiser.StopNodeIdentity(subnet, now);
                }
            }

            return Answer(
                node,
                message,
                ConfigurationOpcode.NodeIdentityStatus,
                subnet == null ? ConfigurationStatus.InvalidNetKeyIndex : ConfigurationStatus.Success,
                netKeyIndex,
                subnet != null && node.Stack.Advertiser.IsNodeIdentityRunning(subnet, now) ? 1 : 0,
                now);
        }

        // Status, NetKey Index, and one octet more unless it is negative.
        private static ModelVerdict Answer(Node node, AccessMessage message, int opcode, ConfigurationStatus status, int netKeyIndex, int value, long now)
        {
            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(opcode, answer);
            answer[count++] = (byte)status;
            LittleEndian.WriteUInt16(answer, count, netKeyIndex);
            count += IndexSize;

            if (value >= 0)
            {
                answer[count++] = (byte)value;
            }

            return ConfigurationServer.Reply(node, message, count, now);
        }
    }
}
