namespace MeshNode.Models.Foundation
{
    /// <summary>Opcodes of the Configuration messages. See Mesh Protocol 1.1, section 4.3.2.</summary>
    public static class ConfigurationOpcode
    {
        /// <summary>Config AppKey Add.</summary>
        public const int AppKeyAdd = 0x00;

        /// <summary>Config AppKey Update.</summary>
        public const int AppKeyUpdate = 0x01;

        /// <summary>Config Composition Data Status.</summary>
        public const int CompositionDataStatus = 0x02;

        /// <summary>Config Model Publication Set.</summary>
        public const int ModelPublicationSet = 0x03;

        /// <summary>Config Heartbeat Publication Status.</summary>
        public const int HeartbeatPublicationStatus = 0x06;

        /// <summary>Config AppKey Delete.</summary>
        public const int AppKeyDelete = 0x8000;

        /// <summary>Config AppKey Get.</summary>
        public const int AppKeyGet = 0x8001;

        /// <summary>Config AppKey List.</summary>
        public const int AppKeyList = 0x8002;

        /// <summary>Config AppKey Status.</summary>
        public const int AppKeyStatus = 0x8003;

        /// <summary>Config Composition Data Get.</summary>
        public const int CompositionDataGet = 0x8008;

        /// <summary>Config Beacon Get.</summary>
        public const int BeaconGet = 0x8009;

        /// <summary>Config Beacon Set.</summary>
        public const int BeaconSet = 0x800A;

        /// <summary>Config Beacon Status.</summary>
        public const int BeaconStatus = 0x800B;

        /// <summary>Config Default TTL Get.</summary>
        public const int DefaultTtlGet = 0x800C;

        /// <summary>Config Default TTL Set.</summary>
        public const int DefaultTtlSet = 0x800D;

        /// <summary>Config Default TTL Status.</summary>
        public const int DefaultTtlStatus = 0x800E;

        /// <summary>Config Friend Get.</summary>
        public const int FriendGet = 0x800F;

        /// <summary>Config Friend Set.</summary>
        public const int FriendSet = 0x8010;

        /// <summary>Config Friend Status.</summary>
        public const int FriendStatus = 0x8011;

        /// <summary>Config GATT Proxy Get.</summary>
        public const int GattProxyGet = 0x8012;

        /// <summary>Config GATT Proxy Set.</summary>
        public const int GattProxySet = 0x8013;

        /// <summary>Config GATT Proxy Status.</summary>
        public const int GattProxyStatus = 0x8014;

        /// <summary>Config Key Refresh Phase Get.</summary>
        public const int KeyRefreshPhaseGet = 0x8015;

        /// <summary>Config Key Refresh Phase Set.</summary>
        public const int KeyRefreshPhaseSet = 0x8016;

        /// <summary>Config Key Refresh Phase Status.</summary>
        public const int KeyRefreshPhaseStatus = 0x8017;

        /// <summary>Config Model Publication Get.</summary>
        public const int ModelPublicationGet = 0x8018;

        /// <summary>Config Model Publication Status.</summary>
        public const int ModelPublicationStatus = 0x8019;

        /// <summary>Config Model Publication Virtual Address Set.</summary>
        public const int ModelPublicationVirtualAddressSet = 0x801A;

        /// <summary>Config Model Subscription Add.</summary>
        public const int ModelSubscriptionAdd = 0x801B;

        /// <summary>Config Model Subscription Delete.</summary>
        public const int ModelSubscriptionDelete = 0x801C;

        /// <summary>Config Model Subscription Delete All.</summary>
        public const int ModelSubscriptionDeleteAll = 0x801D;

        /// <summary>Config Model Subscription Overwrite.</summary>
        public const int ModelSubscriptionOverwrite = 0x801E;

        /// <summary>Config Model Subscription Status.</summary>
        public const int ModelSubscriptionStatus = 0x801F;

        /// <summary>Config Model Subscription Virtual Address Add.</summary>
        public const int ModelSubscriptionVirtualAddressAdd = 0x8020;

        /// <summary>Config Model Subscription Virtual Address Delete.</summary>
        public const int ModelSubscriptionVirtualAddressDelete = 0x8021;

        /// <summary>Config Model Subscription Virtual Address Overwrite.</summary>
        public const int ModelSubscriptionVirtualAddressOverwrite = 0x8022;

        /// <summary>Config Network Transmit Get.</summary>
        public const int NetworkTransmitGet = 0x8023;

        /// <summary>Config Network Transmit Set.</summary>
        public const int NetworkTransmitSet = 0x8024;

        /// <summary>Config Network Transmit Status.</summary>
        public const int NetworkTransmitStatus = 0x8025;

        /// <summary>Config Relay Get.</summary>
        public const int RelayGet = 0x8026;

        /// <summary>Config Relay Set.</summary>
        public const int RelaySet = 0x8027;

        /// <summary>Config Relay Status.</summary>
        public const int RelayStatus = 0x8028;

        /// <summary>Config SIG Model Subscription Get.</summary>
        public const int SigModelSubscriptionGet = 0x8029;

        /// <summary>Config SIG Model Subscription List.</summary>
        public const int SigModelSubscriptionList = 0x802A;

        /// <summary>Config Vendor Model Subscription Get.</summary>
        public const int VendorModelSubscriptionGet = 0x802B;

        /// <summary>Config Vendor Model Subscription List.</summary>
        public const int VendorModelSubscriptionList = 0x802C;

        /// <summary>Config Low Power Node PollTimeout Get.</summary>
        public const int LowPowerNodePollTimeoutGet = 0x802D;

        /// <summary>Config Low Power Node PollTimeout Status.</summary>
        public const int LowPowerNodePollTimeoutStatus = 0x802E;

        /// <summary>Config Heartbeat Publication Get.</summary>
        public const int HeartbeatPublicationGet = 0x8038;

        /// <summary>Config Heartbeat Publication Set.</summary>
        public const int HeartbeatPublicationSet = 0x8039;

        /// <summary>Config Heartbeat Subscription Get.</summary>
        public const int HeartbeatSubscriptionGet = 0x803A;

        /// <summary>Config Heartbeat Subscription Set.</summary>
        public const int HeartbeatSubscriptionSet = 0x803B;

        /// <summary>Config Heartbeat Subscription Status.</summary>
        public const int HeartbeatSubscriptionStatus = 0x803C;

        /// <summary>Config Model App Bind.</summary>
        public const int ModelAppBind = 0x803D;

        /// <summary>Config Model App Status.</summary>
        public const int ModelAppStatus = 0x803E;

        /// <summary>Config Model App Unbind.</summary>
        public const int ModelAppUnbind = 0x803F;

        /// <summary>Config NetKey Add.</summary>
        public const int NetKeyAdd = 0x8040;

        /// <summary>Config NetKey Delete.</summary>
        public const int NetKeyDelete = 0x8041;

        /// <summary>Config NetKey Get.</summary>
        public const int NetKeyGet = 0x8042;

        /// <summary>Config NetKey List.</summary>
        public const int NetKeyList = 0x8043;

        /// <summary>Config NetKey Status.</summary>
        public const int NetKeyStatus = 0x8044;

        /// <summary>Config NetKey Update.</summary>
        public const int NetKeyUpdate = 0x8045;

        /// <summary>Config Node Identity Get.</summary>
        public const int NodeIdentityGet = 0x8046;

        /// <summary>Config Node Identity Set.</summary>
        public const int NodeIdentitySet = 0x8047;

        /// <summary>Config Node Identity Status.</summary>
        public const int NodeIdentityStatus = 0x8048;

        /// <summary>Config Node Reset.</summary>
        public const int NodeReset = 0x8049;

        /// <summary>Config Node Reset Status.</summary>
        public const int NodeResetStatus = 0x804A;

        /// <summary>Config SIG Model App Get.</summary>
        public const int SigModelAppGet = 0x804B;

        /// <summary>Config SIG Model App List.</summary>
        public const int SigModelAppList = 0x804C;

        /// <summary>Config Vendor Model App Get.</summary>
        public const int VendorModelAppGet = 0x804D;

        /// <summary>Config Vendor Model App List.</summary>
        public const int VendorModelAppList = 0x804E;
    }
}
