namespace MeshNode
{
    /// <summary>
    /// How much a node can hold: every capacity of the stack in one place. The values are read by constructors; the object is not kept.
    /// </summary>
    public sealed class StackProfile
    {
        /// <summary>Subnets, 1 to 127; two keys each during a key refresh.</summary>
        public int Subnets = 4;

        /// <summary>Application keys, 1 to 32; two keys each during a key refresh.</summary>
        public int AppKeys = 8;

        /// <summary>Sources whose messages are accepted, 1 to 65535. See Mesh Protocol 1.1, section 3.9.8.</summary>
        public int ReplaySources = 64;

        /// <summary>Network PDUs that are remembered, so that copies by other ways are not taken for new: a power of two from 8 on. See Mesh Protocol 1.1, section 3.4.6.5.</summary>
        public int NetworkMessages = 64;

        /// <summary>Proxy clients served at the same time, 1 to 31.</summary>
        public int ProxyClients = 1;

        /// <summary>PDUs that wait for each proxy client.</summary>
        public int ProxyQueue = 16;

        /// <summary>Own PDUs, those of proxy clients, and beacons that wait for the advertising bearer, 1 to 255.</summary>
        public int LocalQueue = 12;

        /// <summary>Relayed PDUs that wait for the advertising bearer, 1 to 255.</summary>
        public int RelayQueue = 24;

        /// <summary>Segments of 12 octets that all segmented messages, sent and received, and answers that wait share, 32 to 254.</summary>
        public int Segments = 96;

        /// <summary>Segmented messages that are received at the same time.</summary>
        public int Reassemblies = 3;

        /// <summary>Segmented messages that are sent at the same time.</summary>
        public int Transmissions = 3;

        /// <summary>Answers that wait for their delay.</summary>
        public int Replies = 6;

        /// <summary>Entries in all subscription lists together, at most 255.</summary>
        public int Subscriptions = 32;

        /// <summary>Label UUIDs, at most 254.</summary>
        public int Labels = 8;

        /// <summary>
        /// A board without PSRAM: 16 replay entries, 2 subnets, 3 application keys, 1 proxy client, one message of 380 octets each way.
        /// </summary>
        public static StackProfile Small()
        {
            return new StackProfile
            {
                Subnets = 2,
                AppKeys = 3,
                ReplaySources = 16,
                NetworkMessages = 32,
                ProxyClients = 1,
                ProxyQueue = 6,
                LocalQueue = 6,
                RelayQueue = 8,
                Segments = 68,
                Reassemblies = 1,
                Transmissions = 1,
                Replies = 3,
                Subscriptions = 16,
                Labels = 2,
            };
        }

        /// <summary>A board with PSRAM: 255 replay entries, 8 subnets, 16 application keys, 3 proxy clients.</summary>
        public static StackProfile Large()
        {
            return new StackProfile
            {
                Subnets = 8,
                AppKeys = 16,
                ReplaySources = 255,
                NetworkMessages = 256,
                ProxyClients = 3,
                LocalQueue = 24,
                RelayQueue = 48,
                Segments = 254,
                Reassemblies = 6,
                Transmissions = 6,
                Replies = 12,
                Subscriptions = 128,
                Labels = 16,
            };
        }
    }
}
