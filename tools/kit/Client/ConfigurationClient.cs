using MeshNode.Access;
using MeshNode.Kit.Messages;

namespace MeshNode.Kit.Client;

/// <summary>The Configuration Client model. See Mesh Protocol 1.1, section 4.4.2.</summary>
public sealed class ConfigurationClient : ClientModel
{
    /// <summary>Model identifier.</summary>
    public const int ModelId = 0x0001;

    internal ConfigurationClient()
        : base(
            ModelId,
            Opcodes.ConfigBeaconStatus,
            Opcodes.ConfigCompositionDataStatus,
            Opcodes.ConfigDefaultTtlStatus,
            Opcodes.ConfigFriendStatus,
            Opcodes.ConfigGattProxyStatus,
            Opcodes.ConfigKeyRefreshPhaseStatus,
            Opcodes.ConfigModelPublicationStatus,
            Opcodes.ConfigModelSubscriptionStatus,
            Opcodes.ConfigNetworkTransmitStatus,
            Opcodes.ConfigRelayStatus,
            Opcodes.ConfigSigModelSubscriptionList,
            Opcodes.ConfigVendorModelSubscriptionList,
            Opcodes.ConfigLowPowerNodePollTimeoutStatus,
            Opcodes.ConfigHeartbeatPublicationStatus,
            Opcodes.ConfigHeartbeatSubscriptionStatus,
            Opcodes.ConfigModelAppStatus,
            Opcodes.ConfigNetKeyList,
            Opcodes.ConfigNetKeyStatus,
            Opcodes.ConfigAppKeyList,
            Opcodes.ConfigAppKeyStatus,
            Opcodes.ConfigNodeIdentityStatus,
            Opcodes.ConfigNodeResetStatus,
            Opcodes.ConfigSigModelAppList,
            Opcodes.ConfigVendorModelAppList)
    {
    }

    /// <inheritdoc/>
    public override bool UsesDeviceKey => true;

    /// <inheritdoc/>
    public override bool UsesRemoteDeviceKeys => true;

    /// <summary>Sends a message with the device key of the node, and waits for its answer.</summary>
    public Request<TStatus> Send<TStatus>(int destination, byte[] message, long now)
        where TStatus : class, IStatusMessage<TStatus>
    {
        return Send<TStatus>(destination, AccessKey.RemoteDevice, message, now);
    }
}
