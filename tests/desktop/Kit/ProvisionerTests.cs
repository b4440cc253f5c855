#nullable enable
using System;
using MeshNode.Kit.Provisioning;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>The provisioner against the firmware's device role.</summary>
[TestClass]
public class ProvisionerTests
{
    private const int Both = ProvisioningAlgorithm.CmacFlag | ProvisioningAlgorithm.HmacSha256Flag;
    private static readonly byte[] s_static = Hex.Decode(Exchange.HmacStatic);

    [TestMethod]
    [DataRow(1, "none", false)]
    [DataRow(2, "none", false)]
    [DataRow(1, "static", false)]
    [DataRow(2, "static", false)]
    [DataRow(1, "output text", true)]
    [DataRow(2, "output number", true)]
    [DataRow(2, "output blink", true)]
    [DataRow(1, "input number", true)]
    [DataRow(2, "input text", true)]
    [DataRow(2, "input push", true)]
    [DataRow(1, "key", false)]
    [DataRow(2, "key", false)]
    public void Provisioner_MakesANodeOverBothBearers(int algorithm, string method, bool asks)
    {
        foreach (bool gatt in new[] { false, true })
        {
            ProvisioningExchange exchange = new(Capabilities(algorithm, method), Policy(method));
            Run(exchange, gatt);

            Assert.AreEqual(ProvisionerState.Provisioned, exchange.Provisioner.State, $"{exchange.Provisioner.Failure}");
            Assert.AreEqual(exchange.DeviceKey, exchange.ProvisionerKey);
            Assert.AreEqual(exchange.DeviceKey, exchange.KeptKey);
            Assert.AreEqual("efb2255e6422d330088e09bb015ed707", exchange.NetKey);
            Assert.AreEqual(0x0B0C, exchange.Address);
            Assert.AreEqual(algorithm >> 1, exchange.Provisioner.Choice!.Algorithm);
            Assert.AreEqual(asks, exchange.Entered);
            Assert.AreEqual(method == "key", exchange.Provisioner.Choice.OobPublicKey);
        }
    }

    [TestMethod]
    [DataRow("static")]
    [DataRow("output text")]
    [DataRow("output number")]
    [DataRow("input number")]
    [DataRow("input text")]
    public void Provisioner_WrongAuthValueFails(string method)
    {
        ProvisioningPolicy policy = method == "static" ? new ProvisioningPolicy { StaticOob = new byte[32] } : Policy(method);

        foreach (bool gatt in new[] { false, true })
        {
            ProvisioningExchange exchange = new(Capabilities(Both, method), policy) { WrongValue = true };
            Run(exchange, gatt);

            Assert.AreEqual(ProvisionerState.Failed, exchange.Provisioner.State);
            Assert.AreEqual(ProvisionerFailure.DeviceFailed, exchange.Provisioner.Failure);
            Assert.AreEqual(ProvisioningError.ConfirmationFailed, exchange.Error);
            Assert.AreEqual("", exchange.DeviceKey);
        }
    }

    [TestMethod]
    [DataRow(0.2)]
    [DataRow(0.5)]
    public void Provisioner_GetsThroughLoss(double loss)
    {
        for (int seed = 10; seed < 15; seed++)
        {
            ProvisioningExchange exchange = new(Capabilities(Both, "static"), Policy("static"), seed) { Loss = loss };
            exchange.RunPbAdv();
            Assert.AreEqual(exchange.DeviceKey, exchange.ProvisionerKey, $"seed {seed}: {exchange.Provisioner.Failure}");
        }
    }

    [TestMethod]
    [DataRow(23)]
    [DataRow(33)]
    [DataRow(69)]
    [DataRow(517)]
    public void Provisioner_EveryMtu(int mtu)
    {
        ProvisioningExchange exchange = new(Capabilities(Both, "none"), Policy("none")) { Mtu = mtu };
        exchange.RunPbGatt();
        Assert.AreEqual(exchange.DeviceKey, exchange.ProvisionerKey);
    }

    [TestMethod]
    public void Provisioner_NobodyAnswersTheLink()
    {
        ProvisioningExchange exchange = new(Capabilities(Both, "none"), Policy("none")) { Loss = 1 };
        exchange.RunPbAdv(59999);
        Assert.AreEqual(ProvisionerState.Link, exchange.Provisioner.State);
        exchange.Run(2);
        Assert.AreEqual(ProvisionerFailure.LinkTimeout, exchange.Provisioner.Failure);
    }

    [TestMethod]
    public void Provisioner_SilentDeviceTimesOut()
    {
        ProvisioningExchange exchange = new(Capabilities(Both, "none"), Policy("none")) { Tamper = static _ => null, Mtu = 517 };
        exchange.RunPbGatt(59999);
        Assert.AreEqual(ProvisionerState.Capabilities, exchange.Provisioner.State);
        exchange.Run(3);
        Assert.AreEqual(ProvisionerFailure.ProtocolTimeout, exchange.Provisioner.Failure);
    }

    [TestMethod]
    public void Provisioner_RefusesWhatItCannotUse()
    {
        Assert.AreEqual(ProvisionerFailure.NoCommonAlgorithm, Failure(Capabilities(1, "none"), new ProvisioningPolicy { Algorithms = 2 }));
        Assert.AreEqual(ProvisionerFailure.NoCommonMethod, Failure(Capabilities(2, "none"), new ProvisioningPolicy { AllowNoOob = false }));
        ProvisioningCapabilities only = Capabilities(2, "static");
        only.OnlyOob = true;
        Assert.AreEqual(ProvisionerFailure.NoCommonMethod, Failure(only, new ProvisioningPolicy()));
        ProvisioningExchange exchange = new(Capabilities(2, "none"), Policy("none")) { HasAddress = false };
        exchange.RunPbGatt(10000);
        Assert.AreEqual(ProvisionerFailure.NoAddress, exchange.Provisioner.Failure);
        Assert.AreEqual("", exchange.DeviceKey);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Provisioner_InvalidPublicKeyFails(int algorithm)
    {
        Assert.AreEqual(ProvisionerFailure.InvalidPublicKey, Tampered(algorithm, static pdu => pdu[1] == ProvisioningPdu.PublicKey ? Flip(pdu) : pdu));
        Assert.AreEqual(
            ProvisionerFailure.InvalidPublicKey, Tampered(algorithm, static pdu => pdu[1] == ProvisioningPdu.PublicKey ? [3, 3, .. new byte[64]] : pdu));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Provisioner_WrongConfirmationOrRandomFails(int algorithm)
    {
        Assert.AreEqual(
            ProvisionerFailure.ConfirmationMismatch, Tampered(algorithm, static pdu => pdu[1] == ProvisioningPdu.Confirmation ? Flip(pdu) : pdu));
        Assert.AreEqual(ProvisionerFailure.ConfirmationMismatch, Tampered(algorithm, static pdu => pdu[1] == ProvisioningPdu.Random ? Flip(pdu) : pdu));
    }

    [TestMethod]
    public void Provisioner_PdusOutOfPlaceFail()
    {
        Assert.AreEqual(ProvisionerFailure.UnexpectedPdu, Tampered(2, static _ => [ProxyPduType.ProvisioningPdu, ProvisioningPdu.Complete]));
        Assert.AreEqual(ProvisionerFailure.InvalidPdu, Tampered(2, static _ => [ProxyPduType.ProvisioningPdu, ProvisioningPdu.Capabilities, 1]));
        Assert.AreEqual(ProvisionerFailure.InvalidPdu, Tampered(2, static _ => [ProxyPduType.ProvisioningPdu, 0x3F]));
        Assert.AreEqual(ProvisionerFailure.BearerViolation, Tampered(2, static _ => [ProxyPduType.NetworkPdu, 0x01]));
        Assert.AreEqual(ProvisionerFailure.InvalidCapabilities, Tampered(2, static _ => [ProxyPduType.ProvisioningPdu, 1, .. new byte[11]]));
    }

    [TestMethod]
    [DataRow(0, 3)]
    [DataRow(1, 3)]
    [DataRow(0, 5)]
    [DataRow(1, 5)]
    [DataRow(0, 6)]
    [DataRow(1, 6)]
    public void Provisioner_ReflectionFails(int algorithm, int reflected)
    {
        Mirror mirror = new(algorithm, reflected);
        Provisioner provisioner = new(new TestRandom(5), Policy("none"), mirror);
        provisioner.Start(mirror, 0, 0);
        provisioner.Tick(0);

        ProvisionerFailure expected = reflected switch
        {
            ProvisioningPdu.PublicKey => ProvisionerFailure.ReflectedPublicKey,
            ProvisioningPdu.Confirmation => ProvisionerFailure.ReflectedConfirmation,
            _ => ProvisionerFailure.ReflectedRandom,
        };
        Assert.AreEqual(expected, provisioner.Failure);
        Assert.AreEqual(LinkCloseReason.Fail, mirror.Closed);
    }

    private static byte[] Flip(byte[] pdu)
    {
        pdu[^1] ^= 1;

        return pdu;
    }

    private static ProvisionerFailure Tampered(int algorithm, Func<byte[], byte[]?> tamper)
    {
        ProvisioningExchange exchange = new(Capabilities(algorithm, "none"), Policy("none")) { Mtu = 517, Tamper = tamper };
        exchange.RunPbGatt(20000);

        return exchange.Provisioner.Failure;
    }

    private static ProvisionerFailure Failure(ProvisioningCapabilities capabilities, ProvisioningPolicy policy)
    {
        ProvisioningExchange exchange = new(capabilities, policy);
        exchange.RunPbGatt(10000);

        return exchange.Provisioner.Failure;
    }

    private static void Run(ProvisioningExchange exchange, bool gatt)
    {
        if (gatt)
        {
            exchange.RunPbGatt();
        }
        else
        {
            exchange.RunPbAdv();
        }
    }

    private static ProvisioningCapabilities Capabilities(int algorithms, string method)
    {
        ProvisioningCapabilities capabilities = new() { Algorithms = algorithms, Elements = 2 };

        switch (method)
        {
            case "static":
                capabilities.StaticOob = s_static;
                break;

            case "key":
                capabilities.OobPrivateKey = Hex.Decode(Exchange.DevicePrivate);
                capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
                break;

            case "output text":
            case "output number":
            case "output blink":
                capabilities.OutputOobSize = 6;
                capabilities.OutputOobActions = method == "output text" ? 0x10 : method == "output number" ? 0x08 : 0x01;
                break;

            case "input text":
            case "input number":
            case "input push":
                capabilities.InputOobSize = 6;
                capabilities.InputOobActions = method == "input text" ? 0x08 : method == "input number" ? 0x04 : 0x01;
                break;
        }

        return capabilities;
    }

    private static ProvisioningPolicy Policy(string method)
    {
        return new ProvisioningPolicy
        {
            StaticOob = method == "static" ? s_static : null,
            DevicePublicKey = method == "key" ? Hex.Decode(Exchange.DevicePublic) : null,
            AllowOutputOob = true,
            AllowInputOob = true,
        };
    }

    /// <summary>A bearer that answers with what it is sent, from a certain PDU on.</summary>
    private sealed class Mirror(int algorithm, int reflected) : IProvisionerBearer, IProvisionerClient
    {
        private IProvisionerBearerClient? _client;

        public int Closed { get; private set; } = -1;

        public void Open(IProvisionerBearerClient client, long now)
        {
            _client = client;
            client.OnLinkOpened(now);
            Receive([ProvisioningPdu.Capabilities, 1, 0, (byte)(1 << algorithm), 0, 0, 0, 0, 0, 0, 0, 0]);

            if (reflected == ProvisioningPdu.PublicKey)
            {
                return;
            }

            Receive([ProvisioningPdu.PublicKey, .. Hex.Decode(Exchange.DevicePublic)]);
        }

        public void Send(byte[] pdu, int count, long now)
        {
            byte[] copy = pdu[..count];

            if (copy[0] == reflected)
            {
                _reflect = copy;
            }
            else if (copy[0] == ProvisioningPdu.Confirmation)
            {
                _other = [ProvisioningPdu.Confirmation, .. new byte[count - 1]];
            }
        }

        private byte[]? _reflect;
        private byte[]? _other;

        public void Close(int reason, long now)
        {
            Closed = reason;
        }

        public long Tick(long now)
        {
            if (_other != null)
            {
                Receive(_other);
            }

            if (_reflect != null)
            {
                Receive(_reflect);
            }

            return long.MaxValue;
        }

        public NodeAssignment? Assign(DeviceCapabilities capabilities, byte[] deviceKey)
        {
            return new NodeAssignment(new byte[16], 0, false, false, 0, 1);
        }

        public void OnOutputOob(int action, int size, long now)
        {
        }

        public void OnInputNumber(int action, uint number, int digits, long now)
        {
        }

        public void OnInputText(string text, long now)
        {
        }

        public void OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now)
        {
        }

        public void OnFailed(ProvisionerFailure failure, int error, long now)
        {
        }

        private void Receive(byte[] pdu)
        {
            _client!.OnPdu(pdu, 0, pdu.Length, 0);
        }
    }
}
