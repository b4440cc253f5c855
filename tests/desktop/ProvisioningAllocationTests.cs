using System;
using MeshNode.Fakes;
using MeshNode.Provisioning;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>An unprovisioned device allocates nothing for what strangers send, and nothing while it waits and computes.</summary>
[TestClass]
public class ProvisioningAllocationTests
{
    private const int Times = 1000;

    [TestMethod]
    public void PbAdv()
    {
        PbAdvNode node = new(ProvisioningAlgorithm.CmacFlag);
        byte[] open = Convert.FromHexString(PbAdvNode.LinkOpen);
        byte[] invite = Convert.FromHexString(PbAdvNode.Segment(0, Exchange.InvitePdu, 0));
        byte[] key = Convert.FromHexString(PbAdvNode.Segment(1, Exchange.ProvisionerKeyPdu, 0));
        byte[] close = Convert.FromHexString("23af5850000b00");

        Allocations.AreNone(Times, _ =>
        {
            node.Bearer.Receive(open, 0, open.Length, node.Now);
            node.Bearer.Receive(open, 0, open.Length, node.Now);
            node.Bearer.Receive(invite, 0, invite.Length, node.Now);
            node.Bearer.Receive(invite, 0, invite.Length, node.Now);
            node.Bearer.Receive(key, 0, key.Length, node.Now);
            node.Bearer.Receive(key, 0, 20, node.Now);
            node.Run(100);
            node.Bearer.Receive(close, 0, close.Length, node.Now);
        });
    }

    [TestMethod]
    public void PbGattAndFailures()
    {
        SilentProvisioner silent = new();
        Provisionee provisionee = new(new ProvisioningCapabilities(), new ProvisioningRandom(), silent, silent);
        PbGattBearer bearer = new(new FakeGattBearer(), provisionee);
        byte[] invite = [3, 0, 0];
        byte[] wrong = [3, 2, 9, 9, 9, 9, 9];

        Allocations.AreNone(Times, _ =>
        {
            bearer.OnConnected(0, 0);
            bearer.OnSubscribed(true);
            bearer.OnWritten(invite, 0, 3, 0);
            bearer.OnWritten(wrong, 0, 7, 0);
            bearer.OnWritten(wrong, 0, 7, 0);
            provisionee.Tick(0);
            bearer.Tick(0);
            bearer.OnDisconnected(0);
        });
    }

    private sealed class SilentProvisioner : IProvisioneeClient, IProvisioningClient
    {
        public void OnLinkOpened(long now)
        {
        }

        public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
        {
        }

        public void OnLinkClosed(bool provisioned, bool startNodeIdentity, long now)
        {
        }

        public void OnAttention(int seconds, long now)
        {
        }

        public bool ShowNumber(int action, uint number, int digits, long now)
        {
            return false;
        }

        public bool ShowText(byte[] text, int count, long now)
        {
            return false;
        }

        public bool RequestInput(int action, int size, long now)
        {
            return false;
        }

        public void OnOobEnded(long now)
        {
        }

        public void OnFailed(int error, long now)
        {
        }
    }
}
