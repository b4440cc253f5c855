using MeshNode.Access;
using MeshNode.Kit.Messages;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Client;

/// <summary>The Configuration Client model. See Mesh Protocol 1.1, section 4.4.2.</summary>
public sealed class ConfigurationClient : ClientModel
{
    /// <summary>Model identifier.</summary>
    public const int ModelId = 0x0001;

    internal ConfigurationClient()
        : base(
            ModelId,
            ConfigurationOpcode.BeaconStatus,
            ConfigurationOpcode.CompositionDataStatus,
            ConfigurationOpcode.DefaultTtlStatus,
            ConfigurationOpcode.FriendStatus,
            ConfigurationOpcode.GattProxyStatus,
            ConfigurationOpcode.KeyRefreshPhaseStatus,
            ConfigurationOpcode.ModelPublicationStatus,
            ConfigurationOpcode.ModelSubscriptionStatus,
            ConfigurationOpcode.NetworkTransmitStatus,
            ConfigurationOpcode.RelayStatus,
            ConfigurationOpcode.SigModelSubscriptionList,
            ConfigurationOpcode.VendorModelSubscriptionList,
            ConfigurationOpcode.LowPowerNodePollTimeoutStatus,
            ConfigurationOpcode.HeartbeatPublicationStatus,
            ConfigurationOpcode.HeartbeatSubscriptionStatus,
            ConfigurationOpcode.ModelAppStatus,
            ConfigurationOpcode.NetKeyList,
            ConfigurationOpcode.NetKeyStatus,
            ConfigurationOpcode.AppKeyList,
            ConfigurationOpcode.AppKeyStatus,
            ConfigurationOpcode.NodeIdentityStatus,
            ConfigurationOpcode.NodeResetStatus,
            ConfigurationOpcode.SigModelAppList,
            ConfigurationOpcode.VendorModelAppList)
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
