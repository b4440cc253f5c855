using MeshNode.Access;
using MeshNode.Network;
using MeshNode.Storage;
using MeshNode.UpperTransport;

namespace MeshNode.Models.Foundation
{
    /// <summary>Configuration messages about heartbeats. See Mesh Protocol 1.1, section 4.4.1.2.</summary>
    internal static class ConfigurationHeartbeat
    {
        private const int PublicationLength = 9;
        private const int SubscriptionLength = 5;

        /// <summary>Takes a message, if it is one of these.</summary>
        public static ModelVerdict Receive(Node node, AccessMessage message, long now)
        {
            switch (message.Opcode)
            {
                case ConfigurationOpcode.HeartbeatPublicationGet:
                    return message.Count == 0 ? AnswerPublication(node, message, now) : ModelVerdict.Length;

                case ConfigurationOpcode.HeartbeatPublicationSet:
                    return message.Count == PublicationLength ? SetPublication(node, message, now) : ModelVerdict.Length;

                case ConfigurationOpcode.HeartbeatSubscriptionGet:
                    return message.Count == 0 ? AnswerSubscription(node, message, now) : ModelVerdict.Length;

                case ConfigurationOpcode.HeartbeatSubscriptionSet:
                    return message.Count == SubscriptionLength ? SetSubscription(node, message, now) : ModelVerdict.Length;

                default:
                    return ModelVerdict.UnknownOpcode;
            }
        }

        private static ModelVerdict SetPublication(Node node, AccessMessage message, long now)
        {
            byte[] octets = message.Buffer;
            int at = message.Offset;
            int destination = LittleEndian.ReadUInt16(octets, at);
            int countLog = octets[at + 2];
            int periodLog = octets[at + 3];
            int ttl = octets[at + 4];
            int netKeyIndex = LittleEndian.ReadUInt16(octets, at + 7);
            ConfigurationStatus status = ConfigurationStatus.Success;

            if (ttl > NetworkPdu.MaxTtl || netKeyIndex > AccessKey.MaxIndex)
            {
                return ModelVerdict.Prohibited;
            }

            if (destination >= Address.FirstVirtual && destination < Address.FirstGroup)
            {
                status = ConfigurationStatus.InvalidAddress;
            }
            else if ((countLog > Heartbeat.MaxPeriodLog && countLog != Heartbeat.Unlimited) || periodLog > Heartbeat.MaxPeriodLog)
            {
                status = ConfigurationStatus.CannotSet;
            }
            else if (destination != Address.Unassigned && node.Stack.Subnets.Find(netKeyIndex) == null)
            {
                status = ConfigurationStatus.InvalidNetKeyIndex;
            }

            if (status == ConfigurationStatus.Success)
            {
                node.Heartbeat.SetPublication(destination, countLog, periodLog, ttl, LittleEndian.ReadUInt16(octets, at + 5), netKeyIndex, now);
                node.Keep(StoredState.HeartbeatPublication, 0, now);

                return AnswerPublication(node, message, now);
            }

            // What could not be set is sent back.
            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.HeartbeatPublicationStatus, answer);
            answer[count++] = (byte)status;
            System.Array.Copy(octets, at, answer, count, PublicationLength);

            return ConfigurationServer.Reply(node, message, count + PublicationLength, now);
        }

        private static ModelVerdict AnswerPublication(Node node, AccessMessage message, long now)
        {
            Heartbeat heartbeat = node.Heartbeat;
            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.HeartbeatPublicationStatus, answer);
            answer[count] = (byte)ConfigurationStatus.Success;
            LittleEndian.WriteUInt16(answer, count + 1, heartbeat.Destination);
            answer[count + 3] = (byte)heartbeat.CountLog;
            answer[count + 4] = (byte)heartbeat.PeriodLog;
            answer[count + 5] = (byte)heartbeat.Ttl;
            LittleEndian.WriteUInt16(answer, count + 6, heartbeat.Features);
            LittleEndian.WriteUInt16(answer, count + 8, heartbeat.NetKeyIndex);

            return ConfigurationServer.Reply(node, message, count + 1 + PublicationLength, now);
        }

        private static ModelVerdict SetSubscription(Node node, AccessMessage message, long now)
        {
            int source = LittleEndian.ReadUInt16(message.Buffer, message.Offset);
            int destination = LittleEndian.ReadUInt16(message.Buffer, message.Offset + 2);
            int periodLog = message.Buffer[message.Offset + 4];

            if (source >= Address.FirstVirtual || !CanBeHeard(node, destination) || periodLog > Heartbeat.MaxPeriodLog)
            {
                return ModelVerdict.Prohibited;
            }

            node.Heartbeat.SetSubscription(source, destination, periodLog, now);

            return AnswerSubscription(node, message, now);
        }

        // Unassigned, the primary element, or a group.
        private static bool CanBeHeard(Node node, int destination)
        {
            return destination == Address.Unassigned || destination == node.Stack.Network.PrimaryAddress || destination >= Address.FirstGroup;
        }

        private static ModelVerdict AnswerSubscription(Node node, AccessMessage message, long now)
        {
            Heartbeat heartbeat = node.Heartbeat;
            byte[] answer = node.Access.Buffer;
            int count = Opcode.Encode(ConfigurationOpcode.HeartbeatSubscriptionStatus, answer);
            answer[count] = (byte)ConfigurationStatus.Success;
            LittleEndian.WriteUInt16(answer, count + 1, heartbeat.SubscriptionSource);
            LittleEndian.WriteUInt16(answer, count + 3, heartbeat.SubscriptionDestination);
            answer[count + 5] = (byte)heartbeat.SubscriptionPeriodLog(now);
            answer[count + 6] = (byte)heartbeat.ReceivedLog;
            answer[count + 7] = (byte)heartbeat.MinHops;
            answer[count + 8] = (byte)heartbeat.MaxHops;

            return ConfigurationServer.Reply(node, message, count + 9, now);
        }
    }
}
