namespace MeshNode.Kit.Provisioning;

/// <summary>What a provisioning bearer tells the provisioner.</summary>
public interface IProvisionerBearerClient
{
    /// <summary>The link is open.</summary>
    void OnLinkOpened(long now);

    /// <summary>A Provisioning PDU has come. It is not kept.</summary>
    void OnPdu(byte[] pdu, int offset, int count, long now);

    /// <summary>The link is lost.</summary>
    void OnLinkLost(ProvisionerFailure failure, long now);
}
