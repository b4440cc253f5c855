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

        CheckAllocatesNothing(() =>
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

        CheckAllocatesNothing(() =>
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

    private static void CheckAllocatesNothing(Action step)
    {
        long before = 0;

        for (int i = 0; i < Times; i++)
        {
            if (i == 10)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            step();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.AreEqual(0L, allocated);
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
