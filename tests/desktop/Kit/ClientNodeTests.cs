#nullable enable
using System.Linq;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Proxy;
using MeshNode.Models.Foundation;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>The client's node, its configuration client and its procedures against nodes of the firmware.</summary>
[TestClass]
public class ClientNodeTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Configurator_SetsUpEveryNode(bool behindProxy)
    {
        ClientWorld world = new(2, behindProxy);

        foreach (KnownNode node in world.Network.Nodes)
        {
            Procedure procedure = world.Configurator.SetUp(node, 0x123, world.Now);
            world.Run(30000, () => procedure.IsFinished);
            Assert.IsTrue(procedure.Succeeded, $"{procedure.Failed?.State} {procedure.Failed?.LastVerdict}");
            Assert.AreEqual(2, node.Composition!.Product);
            Assert.IsTrue(node.AppKeys.SequenceEqual([0x123]));
        }

        Assert.IsTrue(world.Servers[1].Received.SequenceEqual([0x8008, 0x00]));
        Assert.AreEqual(behindProxy ? FilterState.Verified : FilterState.Unknown, world.Proxy?.FilterState ?? FilterState.Unknown);
    }

    [TestMethod]
    public void Request_IsSentAgainUntilItIsAnswered()
    {
        ClientWorld world = new(1, false);
        world.Servers[0].Deaf = 2;
        Request<CompositionDataStatus> request = world.Client.Configuration.Send<CompositionDataStatus>(
            world.Network.Nodes[0].Address, ConfigurationMessages.CompositionDataGet(0), world.Now);
        world.Run(30000, () => request.IsFinished);
        Assert.AreEqual(RequestState.Answered, request.State);
        Assert.AreEqual(3, request.Sent);
    }

    [TestMethod]
    public void Request_TimesOut()
    {
        ClientWorld world = new(1, false);
        world.Servers[0].Deaf = 100;
        Request<NodeResetStatus> request = world.Client.Configuration.Send<NodeResetStatus>(
            world.Network.Nodes[0].Address, ConfigurationMessages.NodeReset(), world.Now);
        world.Run(14999, () => request.IsFinished);
        Assert.AreEqual(RequestState.Waiting, request.State);
        world.Run(2, () => request.IsFinished);
        Assert.AreEqual(RequestState.TimedOut, request.State);
        Assert.AreEqual(0, world.Client.Configuration.Pending);
    }

    [TestMethod]
    public void Request_ToAnUnknownNodeIsRefused()
    {
        ClientWorld world = new(1, false);
        Request<NodeResetStatus> request = world.Client.Configuration.Send<NodeResetStatus>(0x7000, ConfigurationMessages.NodeReset(), world.Now);
        Assert.AreEqual(RequestState.Refused, request.State);
        Assert.AreEqual(SendVerdict.NoKey, request.LastVerdict);
    }

    [TestMethod]
    public void Procedure_StopsAtAStatusCode()
    {
        ClientWorld world = new(1, false);
        world.Servers[0].Status = ConfigurationStatus.InsufficientResources;
        Procedure procedure = world.Configurator.AddAppKey(world.Network.Nodes[0], 0x123, world.Now);
        world.Run(30000, () => procedure.IsFinished);
        Assert.IsFalse(procedure.Succeeded);
        Assert.AreEqual(ConfigurationStatus.InsufficientResources, ((Request<AppKeyStatus>)procedure.Failed!).Answer!.Status);
        Assert.AreEqual(0, world.Network.Nodes[0].AppKeys.Count);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void KeyRefresh_GivesNewKeysToAllButTheExcluded(bool behindProxy)
    {
        ClientWorld world = new(3, behindProxy);
        KnownNode excluded = world.Network.Nodes[2];
        Procedure procedure = world.Configurator.RefreshKeys(0, [excluded], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded, $"{procedure.Failed?.State}");
        Assert.AreEqual(KeyRefreshPhase.Normal, world.Network.NetKeys[0].Phase);
        Assert.AreEqual(KeyRefreshPhase.Normal, world.Client.Node.Stack.Subnets[0].Phase);
        Assert.IsTrue(world.Nodes[0].Stack.Subnets[0].Key.NetworkId == world.Client.Node.Stack.Subnets[0].Key.NetworkId);
        Assert.IsFalse(world.Nodes[2].Stack.Subnets[0].Key.NetworkId == world.Client.Node.Stack.Subnets[0].Key.NetworkId);

        procedure = world.Configurator.ReadComposition(world.Network.Nodes[1], world.Now);
        world.Run(30000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
        procedure = world.Configurator.ReadComposition(excluded, world.Now);
        world.Run(30000, () => procedure.IsFinished);
        Assert.IsFalse(procedure.Succeeded);
    }

    [TestMethod]
    public void Request_IsNotAnsweredByTheAnswerToTheOneBefore()
    {
        ClientWorld world = new(1, false);
        int address = world.Network.Nodes[0].Address;
        ConfigurationClient client = world.Client.Configuration;

        // The first is sent again before it can be answered, and so answered several times; the second never is.
        client.Timeout = 5;
        Request<ModelAppStatus> first = client.Send<ModelAppStatus>(address, ConfigurationMessages.ModelAppBind(address, 1, ModelId.Sig(0x1000)), world.Now);

        for (int i = 0; i < 2; i++)
        {
            world.Run(6, static () => false);
            client.Tick(world.Now);
        }

        Assert.AreEqual(3, first.Sent);
        client.Timeout = 5000;
        first.Due = world.Now + 5000;
        world.Run(1000, () => first.IsFinished);
        Assert.IsTrue(first.Succeeded);
        world.Servers[0].Deaf = 100;
        Request<ModelAppStatus> second = client.Send<ModelAppStatus>(address, ConfigurationMessages.ModelAppBind(address, 1, ModelId.Sig(0x1002)), world.Now);
        world.Run(30000, () => second.IsFinished);
        Assert.AreEqual(RequestState.TimedOut, second.State);
        Assert.IsNull(second.Answer!);
    }

    [TestMethod]
    public void KeyRefresh_IsKeptBeforeAKeyLeaves()
    {
        ClientWorld world = new(1, false);
        bool kept = false;
        world.Configurator.Keep = () =>
        {
            kept |= world.Network.NetKeys[0].NewKey != null;
            Assert.IsTrue(kept);
        };
        Procedure procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        Assert.IsTrue(kept);
        Assert.AreEqual(0, world.Servers[0].Received.Count);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
    }

    [TestMethod]
    public void KeyRefresh_GoesOnWhenANodeHasEndedItAlready()
    {
        ClientWorld world = new(2, false);
        Procedure? again = null;
        Procedure first = world.Configurator.RefreshKeys(0, [], world.Now, (node, step, _) =>
        {
            if (step == KeyRefreshStep.OldKeysRevoked && again == null)
            {
                again = world.Configurator.RefreshKeys(0, [], world.Now);
            }
        });
        world.Run(200000, () => first.IsFinished && again!.IsFinished);
        Assert.IsTrue(first.Succeeded);
        Assert.IsTrue(again!.Succeeded);
    }

    [TestMethod]
    public void KeyRefresh_ThatBeaconsHaveEndedIsGoneOnWith()
    {
        ClientWorld world = new(2, false);
        NetKeyEntry entry = world.Network.NetKeys[0];
        Procedure procedure = world.Configurator.RefreshKeys(0, [], world.Now, (_, step, _) => world.Servers[1].Deaf = step == KeyRefreshStep.OldKeysRevoked ? 1000 : 0);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsFalse(procedure.Succeeded);

        // The second has ended it as the first has, but nobody has heard that; then beacons tell.
        world.Nodes[0].Stack.Beacons.Enabled = true;
        world.Run(100000, () => entry.Phase == KeyRefreshPhase.Normal);
        Assert.AreEqual(KeyRefreshPhase.Normal, entry.Phase);
        string key = Hex.Encode(entry.Key);
        procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsFalse(procedure.Succeeded);
        world.Servers[1].Deaf = 0;
        procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
        Assert.AreEqual(key, Hex.Encode(entry.Key));

        // Now it is over, and the next is another one.
        procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
        Assert.AreNotEqual(key, Hex.Encode(entry.Key));
    }

    [TestMethod]
    public void KeyRefresh_ReplacesKeysAgainWhenTheExcludedMayHaveThem()
    {
        ClientWorld world = new(3, false);
        KnownNode lost = world.Network.Nodes[2];

        // It takes the new key, but that is not known.
        world.Servers[2].Deaf = 1000;
        Procedure procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsFalse(procedure.Succeeded);
        string leaked = Hex.Encode(world.Network.NetKeys[0].NewKey!);
        Assert.IsNotNull(world.Nodes[2].Stack.Subnets[0].NewKey);
        procedure = world.Configurator.RefreshKeys(0, [lost], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded, $"{procedure.Failed?.State}");
        Assert.AreEqual(KeyRefreshPhase.Normal, world.Network.NetKeys[0].Phase);
        Assert.AreNotEqual(leaked, Hex.Encode(world.Network.NetKeys[0].Key));
        Assert.IsFalse(lost.NetKeys.Contains(0));
        procedure = world.Configurator.ReadComposition(world.Network.Nodes[0], world.Now);
        world.Run(30000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
    }

    [TestMethod]
    public void KeyRefresh_LeavesOutAKeyThatWasMadeSinceItBegan()
    {
        ClientWorld world = new(2, false);
        world.Servers[1].Deaf = 1000;
        Procedure procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsFalse(procedure.Succeeded);
        Assert.AreEqual(KeyRefreshPhase.First, world.Network.NetKeys[0].Phase);
        world.Servers[1].Deaf = 0;
        world.Network.AddAppKey(0x200, 0);
        world.Client.SynchronizeKeys();
        procedure = world.Configurator.AddAppKey(world.Network.Nodes[0], 0x200, world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
        procedure = world.Configurator.RefreshKeys(0, [], world.Now);
        world.Run(100000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
        Assert.AreEqual(KeyRefreshPhase.Normal, world.Network.NetKeys[0].Phase);
    }

    [TestMethod]
    public void Join_TakesANetworkWithMoreKeysThanThereIsRoomFor()
    {
        ClientWorld world = new(1, false);

        for (int index = 1; index < 40; index++)
        {
            world.Network.AddNetKey(index);
            world.Network.AddAppKey(0x200 + index, index);
        }

        world.Client.SynchronizeKeys();
        Procedure procedure = world.Configurator.ReadComposition(world.Network.Nodes[0], world.Now);
        world.Run(30000, () => procedure.IsFinished);
        Assert.IsTrue(procedure.Succeeded);
    }

    [TestMethod]
    public void MeshNetwork_GivesNoAddressTwice()
    {
        MeshNetwork network = new(new TestRandom(1), 0x7FFD);
        Assert.AreEqual(0x7FFD, network.AllocateAddress(2));
        Assert.AreEqual(null, network.AllocateAddress(2));
        Assert.AreEqual(0x7FFF, network.AllocateAddress(1));
        Assert.AreEqual(null, network.AllocateAddress(1));
    }
}
