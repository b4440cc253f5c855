using MeshNode.Access;
using MeshNode.Kit.Messages;

namespace MeshNode.Kit.Client;

/// <summary>The SAR Configuration Client model. See Mesh Protocol 1.1, section 4.4.</summary>
public sealed class SarConfigurationClient : ClientModel
{
    /// <summary>Model identifier.</summary>
    public const int ModelId = 0x000F;

    internal SarConfigurationClient()
        : base(ModelId, Opcodes.SarTransmitterStatus, Opcodes.SarReceiverStatus)
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
