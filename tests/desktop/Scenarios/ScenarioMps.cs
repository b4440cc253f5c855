#nullable enable
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Kit.Provisioning;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Group MPS: the Mesh Provisioning Service.</summary>
[TestClass]
public class ScenarioMps
{
    private const int ConnectTime = 20000;
    private const int SessionTime = 120000;

    private static readonly byte[] s_label = [.. Enumerable.Repeat((byte)0x77, 32)];

    [TestMethod]
    [DataRow(23)]
    [DataRow(33)]
    [DataRow(185)]
    public void MPS_OverPbGatt_MakesADeviceAProxyNode(int mtu)
    {
        Scenario scenario = Box(101, out ScenarioNode device, out VirtualPhone phone);
        AdvertWatch watch = new(scenario.Mesh, device);
        Provision(scenario, device, phone, mtu);

        Assert.IsNotNull(phone.Provisioned);
        Assert.AreEqual(phone.Provisioned!.Address, device.Address);

        // From now on it is the other service, and for a minute the node says who it is.
        Assert.IsTrue(scenario.Until(() => !phone.IsConnected, ConnectTime));
        watch.Clear();
        Assert.IsTrue(scenario.Until(() => watch.Count > 0, ConnectTime));
        Assert.AreEqual(GattService.Proxy, watch.Service);
        Assert.AreEqual(ProxyServiceData.NodeIdentity, watch.Type);
        scenario.OpenProxy(phone, device, mtu);
        device.Known = phone.Provisioned;
        scenario.SetUp(device);
    }

    [TestMethod]
    public void MPS_AConnectionThatBreaks_LeavesADeviceThatCanBeProvisioned()
    {
        Scenario scenario = Box(102, out ScenarioNode device, out VirtualPhone phone);
        Assert.IsTrue(scenario.Until(() => phone.SeesDevice(device.Device), ConnectTime));
        phone.Connect(device.Device, 69, new GattParameters());
        phone.Provision(new ProvisioningPolicy { StaticOob = s_label });
        Assert.IsTrue(scenario.Until(() => device.Node.Stack.Provisioning.Provisionee.State == ProvisioneeState.Confirmation, ConnectTime));
        phone.Disconnect();
        Assert.IsTrue(scenario.Until(() => phone.IsFinished, ConnectTime));
        Assert.IsNull(phone.Provisioned);
        Assert.AreEqual(Network.Address.Unassigned, device.Address);

        Provision(scenario, device, phone, 69);
        Assert.IsNotNull(phone.Provisioned);
    }

    [TestMethod]
    public void MPS_WhileAProvisionerIsConnected_ThereIsNoPlaceForAnother()
    {
        Scenario scenario = Box(103, out ScenarioNode device, out VirtualPhone phone);
        VirtualPhone other = new(scenario.Mesh, "other", scenario.Network);
        scenario.Mesh.Radio.Connect(other.Antenna, device.Device.Antenna);
        Assert.IsTrue(scenario.Until(() => phone.SeesDevice(device.Device) && other.SeesDevice(device.Device), ConnectTime));
        phone.Connect(device.Device, 69, new GattParameters());
        phone.Provision(new ProvisioningPolicy { StaticOob = s_label });
        Assert.IsTrue(scenario.Until(() => device.Node.Stack.Provisioning.Provisionee.IsLinkOpen, ConnectTime));
        other.Connect(device.Device, 69, new GattParameters());
        other.Provision(new ProvisioningPolicy { StaticOob = s_label });
        scenario.Until(() => phone.IsFinished && other.IsFinished, SessionTime);

        Assert.IsNotNull(phone.Provisioned);
        Assert.IsNull(other.Provisioned);
        Assert.AreEqual(phone.Provisioned!.Address, device.Address);
    }

    private static Scenario Box(int seed, out ScenarioNode device, out VirtualPhone phone)
    {
        Scenario scenario = new(seed, 0);
        device = scenario.AddNode("device");
        scenario.Mesh.Radio.Connect(scenario.Client.Antenna, device.Device.Antenna);
        phone = scenario.AddPhone("phone", device);
        scenario.TakeOutOfTheBox(device, s_label);

        return scenario;
    }

    private static void Provision(Scenario scenario, ScenarioNode device, VirtualPhone phone, int mtu)
    {
        Assert.IsTrue(scenario.Until(() => phone.SeesDevice(device.Device), ConnectTime));
        phone.Connect(device.Device, mtu, new GattParameters());
        phone.Provision(new ProvisioningPolicy { StaticOob = s_label });
        scenario.Until(() => phone.IsFinished, SessionTime);
    }
}
