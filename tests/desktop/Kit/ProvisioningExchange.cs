#nullable enable
using System;
using System.Collections.Generic;
using System.Text;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Provisioning;

namespace MeshNode.Kit;

/// <summary>The firmware's provisioning server and the kit's provisioner, face to face over PB-ADV or PB-GATT, with loss if wanted.</summary>
internal sealed class ProvisioningExchange : IProvisionerClient, IProvisioneeClient, IProvisioningClient, IGattBearer, IGattConnection
{
    private const int Connection = 0;

    private readonly Queue<(long At, Action Deliver)> _air = [];
    private readonly Random _loss;
    private readonly Side _deviceRadio;
    private readonly Side _provisionerRadio;
    private readonly AdvertisingTransmitter _transmitter;
    private readonly byte[] _uuid = Hex.Decode(Exchange.Uuid);
    private PbAdvClient? _pbAdv;
    private PbGattClient? _pbGatt;
    private string _shown = "";
    private uint _number;
    private int _inputAction;
    private long _inputAt = -1;

    public ProvisioningExchange(ProvisioningCapabilities capabilities, ProvisioningPolicy policy, int seed = 1)
    {
        _loss = new Random(seed);
        _deviceRadio = new Side(this, (payload) => _pbAdv?.Receive(payload, 0, payload.Length, Now));
        _provisionerRadio = new Side(this, (payload) => Server!.OnReceived(payload, 0, payload.Length, Now));
        _transmitter = new AdvertisingTransmitter(_deviceRadio, 4, 1);
        capabilities.Uuid = _uuid;
        Server = new ProvisioningServer(_transmitter, this, new TestRandom(seed + 1), capabilities, this, this);
        Provisioner = new Provisioner(new TestRandom(seed + 2), policy, this);
    }

    public ProvisioningServer Server { get; }

    public Provisioner Provisioner { get; }

    public long Now { get; private set; }

    /// <summary>Part of the PB-ADV PDUs that nobody hears.</summary>
    public double Loss { get; init; }

    public int Mtu { get; init; } = 23;

    /// <summary>Changes what the device sends, or drops it.</summary>
    public Func<byte[], byte[]?>? Tamper { get; init; }

    public string ProvisionerKey { get; private set; } = "-";

    /// <summary>The device key that the provisioner's client was given before Provisioning Data was sent.</summary>
    public string KeptKey { get; private set; } = "-";

    public string DeviceKey { get; private set; } = "";

    public string NetKey { get; private set; } = "";

    public int Address { get; private set; }

    public int Error { get; private set; } = -1;

    public int DeviceErrors { get; private set; }

    public List<string> Prompts { get; } = [];

    /// <summary>Makes the user give a wrong value.</summary>
    public bool WrongValue { get; init; }

    public bool HasAddress { get; init; } = true;

    public void RunPbAdv(int limit = 200000)
    {
        _pbAdv = new PbAdvClient(_provisionerRadio, new TestRandom(99), _uuid);
        Provisioner.Start(_pbAdv, 0, Now);
        Run(limit);
    }

    public void RunPbGatt(int limit = 200000)
    {
        Server.OnConnected(Connection, Now);
        Server.OnMtuChanged(Mtu);
        Server.OnSubscribed(true);
        _pbGatt = new PbGattClient(this);
        Provisioner.Start(_pbGatt, 0, Now);
        Run(limit);
    }

    public void Run(int limit)
    {
        for (long end = Now + limit; Now < end && !(Provisioner.IsFinished && DeviceKey != "" && _air.Count == 0); Now++)
        {
            while (_air.TryPeek(out (long At, Action Deliver) next) && next.At <= Now)
            {
                _air.Dequeue().Deliver();
            }

            if (Now == _inputAt)
            {
                Entered = _inputAction == InputOobAction.Alphanumeric
                    ? Server.Provisionee.InputText(Encoding.ASCII.GetBytes(_shown), _shown.Length, Now)
                    : Server.Provisionee.InputNumber(_number, Now);
            }

            Server.Tick(Now);
            _transmitter.Pump();
            Provisioner.Tick(Now);
        }
    }

    NodeAssignment? IProvisionerClient.Assign(DeviceCapabilities capabilities, byte[] deviceKey)
    {
        KeptKey = Hex.Encode(deviceKey);

        return HasAddress ? new NodeAssignment(Hex.Decode("efb2255e6422d330088e09bb015ed707"), 0x567, false, false, 0x01020304, 0x0B0C) : null;
    }

    void IProvisionerClient.OnOutputOob(int action, int size, long now)
    {
        Prompts.Add($"output {action} {size}");

        if (action == OutputOobAction.Alphanumeric)
        {
            _shown = WrongValue ? (_shown[0] == 'A' ? "B" : "A") + _shown[1..] : _shown;
            Entered = Provisioner.EnterText(_shown, now);
        }
        else
        {
            Entered = Provisioner.EnterNumber(WrongValue ? _number ^ 1 : _number, now);
        }
    }

    public bool Entered { get; private set; }

    void IProvisionerClient.OnInputNumber(int action, uint number, int digits, long now)
    {
        Prompts.Add($"input {action} {digits}");
        _number = WrongValue ? number ^ 1 : number;
    }

    void IProvisionerClient.OnInputText(string text, long now)
    {
        Prompts.Add($"input text {text.Length}");
        _shown = WrongValue ? (text[0] == 'A' ? "B" : "A") + text[1..] : text;
    }

    void IProvisionerClient.OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now)
    {
        ProvisionerKey = Hex.Encode(deviceKey);
    }

    void IProvisionerClient.OnFailed(ProvisionerFailure failure, int error, long now)
    {
        Error = error;
    }

    public bool ShowNumber(int action, uint number, int digits, long now)
    {
        _number = number;

        return true;
    }

    public bool ShowText(byte[] text, int count, long now)
    {
        _shown = Encoding.ASCII.GetString(text, 0, count);

        return true;
    }

    public bool RequestInput(int action, int size, long now)
    {
        // The user enters it a second later, when the provisioner has shown it.
        _inputAction = action;
        _inputAt = now + 1000;

        return true;
    }

    public void OnAttention(int seconds, long now)
    {
    }

    public void OnOobEnded(long now)
    {
    }

    public void OnLinkOpened(long now)
    {
    }

    public void OnLinkClosed(bool provisioned, bool startNodeIdentity, long now)
    {
    }

    public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
    {
        DeviceKey = Hex.Encode(deviceKey);
        NetKey = Hex.Encode(data.NetKey);
        Address = data.UnicastAddress;
    }

    void IProvisioningClient.OnFailed(int error, long now)
    {
        DeviceErrors++;
    }

    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        byte[]? copy = Tamper == null ? value[offset..(offset + count)] : Tamper(value[offset..(offset + count)]);

        if (copy != null)
        {
            _air.Enqueue((Now, () => _pbGatt!.OnNotified(copy, 0, copy.Length, Now)));
        }

        return true;
    }

    void IGattBearer.Disconnect(int connection)
    {
        _air.Enqueue((Now, () => _pbGatt!.OnDisconnected(Now)));
        _air.Enqueue((Now, () => Server.OnDisconnected(Now)));
    }

    bool IGattConnection.Write(byte[] value, int offset, int count)
    {
        Server.OnWritten(value, offset, count, Now);

        return true;
    }

    void IGattConnection.Disconnect()
    {
        Server.OnDisconnected(Now);
    }

    private sealed class Side(ProvisioningExchange exchange, Action<byte[]> deliver) : IAdvertisingBearer
    {
        public int TransmitCredit => 1;

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            byte[] copy = payload[offset..(offset + count)];

            for (int i = 0; i < transmissions; i++)
            {
                if (exchange._loss.NextDouble() >= exchange.Loss)
                {
                    exchange._air.Enqueue((exchange.Now + 2, () => deliver(copy)));
                }
            }
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }
    }
}
