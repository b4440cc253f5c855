#nullable enable
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Provisioning;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Groups PROV and PBADV: the kit's provisioner and the firmware's device role over PB-ADV.</summary>
[TestClass]
public class ScenarioProv
{
    private const int BeaconTime = 30000;
    private const int SessionTime = 240000;

    private static readonly byte[] s_label = [.. System.Linq.Enumerable.Repeat((byte)0x5A, 32)];
    private static readonly byte[] s_wrongLabel = [.. System.Linq.Enumerable.Repeat((byte)0xA5, 32)];

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    public void PROV_OverPbAdv_MakesADeviceANodeThatCanBeConfigured(int loss)
    {
        Scenario scenario = Box(21, loss, s_label, out ScenarioNode device, out VirtualCommissioner provisioner, out _, out _);

        Provision(scenario, device, provisioner, s_label);
        Assert.IsNotNull(provisioner.Provisioned);
        Assert.AreEqual(ProvisioningAlgorithm.HmacSha256, provisioner.Choice!.Algorithm);
        Assert.AreEqual(AuthenticationMethod.StaticOob, provisioner.Choice.Method);
        Assert.AreEqual(provisioner.Provisioned!.Address, device.Address);

        // The device key is the same on both sides.
        device.Known = provisioner.Provisioned;
        scenario.SetUp(device);
        Assert.AreEqual(2, device.Known.Composition!.Elements.Count);
        Assert.AreEqual(0, scenario.Ask<GenericOnOffStatus>(scenario.Client.Node.OnOff, device.Address, GenericMessages.OnOffGet()).Present);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void PROV_WithAWrongStaticOob_IsRefused_AndTheRightOneIsTakenAfterwards(int loss)
    {
        Scenario scenario = Box(22, loss, s_label, out ScenarioNode device, out VirtualCommissioner provisioner, out SilentApplication application, out _);

        Provision(scenario, device, provisioner, s_wrongLabel);
        Assert.IsTrue(provisioner.IsFinished);
        Assert.IsNull(provisioner.Provisioned);
        Assert.AreEqual(Network.Address.Unassigned, device.Address);
        Assert.AreEqual(ProvisioningError.ConfirmationFailed, application.Error);
        Assert.AreEqual(1, device.Node.Stack.Provisioning.Provisionee.Limit.Failures);
        Assert.AreEqual(0, scenario.Network.Nodes.Count);

        scenario.Wait(BeaconTime);
        Provision(scenario, device, provisioner, s_label);
        Assert.IsNotNull(provisioner.Provisioned);
    }

    [TestMethod]
    public void PROV_OfADeviceThatWantsOob_WithoutIt_DoesNotBegin()
    {
        Scenario scenario = Box(23, 0, s_label, out ScenarioNode device, out VirtualCommissioner provisioner, out _, out _);

        Assert.IsTrue(scenario.Until(() => provisioner.Hears(device.Device.Uuid), BeaconTime));
        provisioner.Provision(device.Device.Uuid, new ProvisioningPolicy());
        scenario.Until(() => provisioner.IsFinished, SessionTime);
        Assert.IsTrue(provisioner.IsFinished);
        Assert.IsNull(provisioner.Choice);
        Assert.IsNull(provisioner.Provisioned);
        Assert.AreEqual(Network.Address.Unassigned, device.Address);
    }

    [TestMethod]
    public void PBADV_ASecondProvisioner_WhileTheLinkIsOpen_GetsNoLink()
    {
        Scenario scenario = Box(24, 0, null, out ScenarioNode device, out VirtualCommissioner first, out _, out _);
        MeshNetwork otherNetwork = new(new SeededRandomSource(scenario.Mesh.CreateRandom()));
        VirtualCommissioner second = new(scenario.Mesh, "second", otherNetwork);
        scenario.Mesh.Radio.Connect(second.Antenna, device.Device.Antenna);
        Assert.IsTrue(scenario.Until(() => first.Hears(device.Device.Uuid) && second.Hears(device.Device.Uuid), BeaconTime));

        first.Provision(device.Device.Uuid, new ProvisioningPolicy());
        Assert.IsTrue(scenario.Until(() => device.Node.Stack.Provisioning.Provisionee.IsLinkOpen, BeaconTime));
        second.Provision(device.Device.Uuid, new ProvisioningPolicy());
        scenario.Until(() => first.IsFinished && second.IsFinished, SessionTime);

        Assert.IsNotNull(first.Provisioned);
        Assert.AreEqual(first.Provisioned!.Address, device.Address);
        Assert.IsTrue(second.IsFinished);
        Assert.IsNull(second.Provisioned);
        Assert.AreEqual(0, otherNetwork.Nodes.Count);
    }

    [TestMethod]
    public void PBADV_WhenTheProvisionerFallsSilent_TheDeviceCanBeProvisionedAgain()
    {
        Scenario scenario = Box(25, 0, null, out ScenarioNode device, out VirtualCommissioner provisioner, out _, out RadioLink link);
        Assert.IsTrue(scenario.Until(() => provisioner.Hears(device.Device.Uuid), BeaconTime));
        provisioner.Provision(device.Device.Uuid, new ProvisioningPolicy());
        Assert.IsTrue(scenario.Until(() => device.Node.Stack.Provisioning.Provisionee.State == ProvisioneeState.PublicKey, BeaconTime));

        link.Quality = new LinkQuality(1, 1, 0);
        scenario.Wait(2 * Provisionee.ProtocolTimeout + BeaconTime);
        Assert.IsFalse(device.Node.Stack.Provisioning.Provisionee.IsLinkOpen);
        Assert.IsTrue(provisioner.IsFinished);
        Assert.IsNull(provisioner.Provisioned);

        link.Quality = null;
        Provision(scenario, device, provisioner, null);
        Assert.IsNotNull(provisioner.Provisioned);
    }

    private static Scenario Box(
        int seed, int loss, byte[]? staticOob, out ScenarioNode device, out VirtualCommissioner provisioner, out SilentApplication application, out RadioLink link)
    {
        Scenario scenario = new(seed, loss);
        device = scenario.AddNode("device");
        provisioner = new VirtualCommissioner(scenario.Mesh, "provisioner", scenario.Network);
        link = scenario.Mesh.Radio.Connect(provisioner.Antenna, device.Device.Antenna);
        scenario.Mesh.Radio.Connect(scenario.Client.Antenna, device.Device.Antenna);
        application = scenario.TakeOutOfTheBox(device, staticOob);

        return scenario;
    }

    private static void Provision(Scenario scenario, ScenarioNode device, VirtualCommissioner provisioner, byte[]? staticOob)
    {
        Assert.IsTrue(scenario.Until(() => provisioner.Hears(device.Device.Uuid), BeaconTime));
        provisioner.Provision(device.Device.Uuid, new ProvisioningPolicy { StaticOob = staticOob });
        scenario.Until(() => provisioner.IsFinished, SessionTime);
        scenario.Wait(3000);
    }
}
