namespace MeshNode.Kit.Provisioning;

/// <summary>A bearer of the provisioning protocol, provisioner role: PB-ADV or PB-GATT. See Mesh Protocol 1.1, section 5.2.</summary>
public interface IProvisionerBearer
{
    /// <summary>Opens the link; <see cref="IProvisionerBearerClient.OnLinkOpened"/> follows, now or later.</summary>
    void Open(IProvisionerBearerClient client, long now);

    /// <summary>Sends a Provisioning PDU behind those that wait. It is copied.</summary>
    void Send(byte[] pdu, int count, long now);

    /// <summary>Closes the link. Nothing is reported any more.</summary>
    /// <param name="reason">See <see cref="MeshNode.Provisioning.LinkCloseReason"/>.</param>
    void Close(int reason, long now);

    /// <summary>Sends what is due.</summary>
    /// <returns>When to call again.</returns>
    long Tick(long now);
}
