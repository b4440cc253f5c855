using System;
using System.Text;
using MeshNode.Crypto;
using MeshNode.Provisioning;

namespace MeshNode.Kit.Provisioning;

/// <summary>The provisioning protocol, provisioner role: one device. See Mesh Protocol 1.1, section 5.4.</summary>
/// <remarks>Secrets are zeroed when it ends. It is driven by calls with <c>now</c>, in milliseconds; <see cref="Tick"/> tells when it wants to be called.</remarks>
public sealed class Provisioner : IProvisionerBearerClient
{
    /// <summary>Milliseconds without a PDU after which it gives up. Section 5.4.4.</summary>
    public const int ProtocolTimeout = 60000;

    private readonly IRandomSource _randomSource;
    private readonly ProvisioningPolicy _policy;
    private readonly IProvisionerClient _client;
    private readonly KeyAgreement _agreement;
    private readonly ProvisioningKeys _keys = new();
    private readonly byte[] _random = new byte[ProvisioningAlgorithm.MaxValueSize];
    private readonly byte[] _confirmation = new byte[ProvisioningAlgorithm.MaxValueSize];
    private readonly byte[] _deviceConfirmation = new byte[ProvisioningAlgorithm.MaxValueSize];
    private readonly byte[] _value = new byte[ProvisioningAlgorithm.MaxValueSize];
    private readonly byte[] _pdu = new byte[ProvisioningPdu.MaxLength];
    private IProvisionerBearer? _bearer;
    private NodeAssignment? _assignment;
    private int _attention;
    private long _deadline = long.MaxValue;

    /// <param name="random">A generator fit for keys.</param>
    public Provisioner(IRandomSource random, ProvisioningPolicy policy, IProvisionerClient client)
    {
        _randomSource = random;
        _policy = policy;
        _client = client;
        _agreement = new KeyAgreement(random);
    }

    /// <summary>What it waits for.</summary>
    public ProvisionerState State { get; private set; }

    /// <summary>Whether it has come to an end.</summary>
    public bool IsFinished => State >= ProvisionerState.Provisioned;

    /// <summary>Why it has failed.</summary>
    public ProvisionerFailure Failure { get; private set; }

    /// <summary>What the device offers, once known.</summary>
    public DeviceCapabilities? Capabilities { get; private set; }

    /// <summary>What was chosen of it.</summary>
    public ProvisioningChoice? Choice { get; private set; }

    /// <summary>Opens a link and provisions the device behind it.</summary>
    /// <param name="attention">Seconds that the device is to make itself noticed.</param>
    public void Start(IProvisionerBearer bearer, int attention, long now)
    {
        if (State != ProvisionerState.Idle)
        {
            throw new InvalidOperationException();
        }

        _bearer = bearer;
        _attention = attention;
        State = ProvisionerState.Link;
        bearer.Open(this, now);
    }

    /// <summary>Gives up.</summary>
    public void Cancel(long now)
    {
        if (State != ProvisionerState.Idle && !IsFinished)
        {
            Fail(ProvisionerFailure.Cancelled, ProvisioningError.None, now);
        }
    }

    /// <summary>The number that the device shows, or how often it has blinked, beeped or vibrated.</summary>
    /// <returns><see langword="false"/> when it was not asked for or cannot be.</returns>
    public bool EnterNumber(uint number, long now)
    {
        if (State != ProvisionerState.OutputOob
            || Choice!.Action == OutputOobAction.Alphanumeric
            || number >= AuthValue.NumberLimit(Choice.Size))
        {
            return false;
        }

        AuthValue.EncodeNumber(number, _value, _keys.ValueSize);
        SendConfirmation(now);

        return true;
    }

    /// <summary>The text that the device shows: digits and upper-case letters.</summary>
    /// <returns><see langword="false"/> when it was not asked for or cannot be.</returns>
    public bool EnterText(string text, long now)
    {
        if (State != ProvisionerState.OutputOob || Choice!.Action != OutputOobAction.Alphanumeric || text.Length != Choice.Size)
        {
            return false;
        }

        byte[] octets = Encoding.ASCII.GetBytes(text);

        if (!Array.TrueForAll(octets, static octet => AuthValue.IsAlphanumeric(octet)))
        {
            return false;
        }

        AuthValue.EncodeOctets(octets, octets.Length, _value, _keys.ValueSize);
        SendConfirmation(now);

        return true;
    }

    /// <summary>Does what time brings, for the bearer too.</summary>
    /// <returns>When to call again.</returns>
    public long Tick(long now)
    {
        if (now >= _deadline && !IsFinished)
        {
            Fail(ProvisionerFailure.ProtocolTimeout, ProvisioningError.None, now);
        }

        long next = _bearer == null ? long.MaxValue : _bearer.Tick(now);

        return Math.Min(next, IsFinished ? long.MaxValue : _deadline);
    }

    /// <inheritdoc/>
    public void OnLinkOpened(long now)
    {
        if (State != ProvisionerState.Link)
        {
            return;
        }

        _pdu[0] = ProvisioningPdu.Invite;
        _pdu[1] = (byte)_attention;
        _keys.SetInvite(_pdu, 1);
        State = ProvisionerState.Capabilities;
        Send(2, now);
    }

    /// <inheritdoc/>
    public void OnLinkLost(ProvisionerFailure failure, long now)
    {
        if (!IsFinished)
        {
            Fail(failure, ProvisioningError.None, now);
        }
    }

    /// <inheritdoc/>
    public void OnPdu(byte[] pdu, int offset, int count, long now)
    {
        if (State is ProvisionerState.Idle or ProvisionerState.Link || IsFinished)
        {
            return;
        }

        if (ProvisioningPdu.Check(pdu, offset, count, _keys.Algorithm) != ProvisioningError.None)
        {
            Fail(ProvisionerFailure.InvalidPdu, ProvisioningError.None, now);

            return;
        }

        if (pdu[offset] == ProvisioningPdu.Failed)
        {
            Fail(ProvisionerFailure.DeviceFailed, pdu[offset + 1], now);

            return;
        }

        _deadline = now + ProtocolTimeout;
        ProvisionerFailure failure = pdu[offset] == Expected() ? Take(pdu, offset + 1, now) : ProvisionerFailure.UnexpectedPdu;

        if (failure != ProvisionerFailure.None)
        {
            Fail(failure, ProvisioningError.None, now);
        }
    }

    private int Expected()
    {
        return State switch
        {
            ProvisionerState.Capabilities => ProvisioningPdu.Capabilities,
            ProvisionerState.PublicKey => ProvisioningPdu.PublicKey,
            ProvisionerState.InputComplete => ProvisioningPdu.InputComplete,
            ProvisionerState.Confirmation => ProvisioningPdu.Confirmation,
            ProvisionerState.Random => ProvisioningPdu.Random,
            ProvisionerState.Complete => ProvisioningPdu.Complete,
            _ => -1,
        };
    }

    private ProvisionerFailure Take(byte[] pdu, int offset, long now)
    {
        switch (State)
        {
            case ProvisionerState.Capabilities:
                return TakeCapabilities(pdu, offset, now);

            case ProvisionerState.PublicKey:
                return TakePublicKey(pdu, offset, now);

            case ProvisionerState.InputComplete:
                SendConfirmation(now);

                return ProvisionerFailure.None;

            case ProvisionerState.Confirmation:
                return TakeConfirmation(pdu, offset, now);

            case ProvisionerState.Random:
                return TakeRandom(pdu, offset, now);

            default:
                Complete(now);

                return ProvisionerFailure.None;
        }
    }

    private ProvisionerFailure TakeCapabilities(byte[] pdu, int offset, long now)
    {
        Capabilities = DeviceCapabilities.Decode(pdu.AsSpan(offset, ProvisioningCapabilities.Size));

        if (Capabilities == null)
        {
            return ProvisionerFailure.InvalidCapabilities;
        }

        _keys.SetCapabilities(pdu, offset);
        Choice = _policy.Choose(Capabilities, out ProvisionerFailure failure);

        if (Choice == null)
        {
            return failure;
        }

        if (!_agreement.Prepare())
        {
            return ProvisionerFailure.NoPrivateKey;
        }

        Compute();
        _pdu[0] = ProvisioningPdu.Start;
        _pdu[1] = (byte)Choice.Algorithm;
        _pdu[2] = (byte)(Choice.OobPublicKey ? 1 : 0);
        _pdu[3] = (byte)Choice.Method;
        _pdu[4] = (byte)Choice.Action;
        _pdu[5] = (byte)Choice.Size;
        _keys.SetStart(_pdu, 1);
        _keys.Algorithm = Choice.Algorithm;
        Send(1 + ProvisioningStart.Size, now);
        _pdu[0] = ProvisioningPdu.PublicKey;
        Array.Copy(_agreement.PublicKey, 0, _pdu, 1, P256.PublicKeySize);
        _keys.SetProvisionerKey(_agreement.PublicKey, 0);
        Send(1 + P256.PublicKeySize, now);
        State = ProvisionerState.PublicKey;

        return Choice.OobPublicKey ? TakePublicKey(_policy.DevicePublicKey!, 0, now) : ProvisionerFailure.None;
    }

    private ProvisionerFailure TakePublicKey(byte[] key, int offset, long now)
    {
        if (ConstantTime.Equal(key, offset, _agreement.PublicKey, 0, P256.PublicKeySize))
        {
            return ProvisionerFailure.ReflectedPublicKey;
        }

        if (!_agreement.Start(key, offset))
        {
            return ProvisionerFailure.InvalidPublicKey;
        }

        _keys.SetDeviceKey(key, offset);
        Compute();
        _agreement.GetSecret(_keys.SecretAndAuthValue, 0);
        BeginAuthentication(now);

        return ProvisionerFailure.None;
    }

    private void BeginAuthentication(long now)
    {
        int size = _keys.ValueSize;
        Array.Clear(_value);

        switch (Choice!.Method)
        {
            case AuthenticationMethod.StaticOob:
                AuthValue.EncodeOctets(_policy.StaticOob!, _policy.StaticOob!.Length, _value, size);
                SendConfirmation(now);
                break;

            case AuthenticationMethod.OutputOob:
                State = ProvisionerState.OutputOob;
                _client.OnOutputOob(Choice.Action, Choice.Size, now);
                break;

            case AuthenticationMethod.InputOob:
                State = ProvisionerState.InputComplete;
                ShowInput(size, now);
                break;

            default:
                SendConfirmation(now);
                break;
        }
    }

    private void ShowInput(int size, long now)
    {
        byte[] scratch = new byte[ProvisioningCapabilities.MaxOobSize];

        if (Choice!.Action == InputOobAction.Alphanumeric)
        {
            AuthValue.RandomText(Choice.Size, _randomSource, scratch);
            AuthValue.EncodeOctets(scratch, Choice.Size, _value, size);
            _client.OnInputText(Encoding.ASCII.GetString(scratch, 0, Choice.Size), now);
        }
        else
        {
            uint number = AuthValue.RandomNumber(Choice.Size, Choice.Action != InputOobAction.Numeric, _randomSource, scratch);
            AuthValue.EncodeNumber(number, _value, size);
            _client.OnInputNumber(Choice.Action, number, Choice.Size, now);
        }

        Array.Clear(scratch);
    }

    private void SendConfirmation(long now)
    {
        int size = _keys.ValueSize;
        _keys.SetAuthValue(_value);
        Array.Clear(_value);
        _keys.DeriveConfirmationKey();
        _randomSource.Fill(_random, 0, size);
        _keys.Confirm(_random, 0, _confirmation);
        State = ProvisionerState.Confirmation;
        SendValue(ProvisioningPdu.Confirmation, _confirmation, now);
    }

    private ProvisionerFailure TakeConfirmation(byte[] pdu, int offset, long now)
    {
        int size = _keys.ValueSize;

        if (ConstantTime.Equal(pdu, offset, _confirmation, 0, size))
        {
            return ProvisionerFailure.ReflectedConfirmation;
        }

        Array.Copy(pdu, offset, _deviceConfirmation, 0, size);
        State = ProvisionerState.Random;
        SendValue(ProvisioningPdu.Random, _random, now);

        return ProvisionerFailure.None;
    }

    private ProvisionerFailure TakeRandom(byte[] pdu, int offset, long now)
    {
        int size = _keys.ValueSize;

        if (ConstantTime.Equal(pdu, offset, _random, 0, size))
        {
            return ProvisionerFailure.ReflectedRandom;
        }

        _keys.Confirm(pdu, offset, _value);
        bool confirmed = ConstantTime.Equal(_value, 0, _deviceConfirmation, 0, size);
        Array.Copy(pdu, offset, _value, 0, size);

        if (!confirmed)
        {
            return ProvisionerFailure.ConfirmationMismatch;
        }

        _keys.DeriveSession(_random, 0, _value);
        byte[] deviceKey = [.. _keys.DeviceKey];

        try
        {
            _assignment = _client.Assign(Capabilities!, deviceKey);
        }
        finally
        {
            Array.Clear(deviceKey);
        }

        if (_assignment == null)
        {
            return ProvisionerFailure.NoAddress;
        }

        State = ProvisionerState.Complete;
        SendData(now);

        return ProvisionerFailure.None;
    }

    private void SendData(long now)
    {
        byte[] data = new byte[ProvisioningData.Size];
        _assignment!.NetKey.CopyTo(data, 0);
        BigEndian.WriteUInt16(data, 16, _assignment.NetKeyIndex);
        data[18] = (byte)((_assignment.KeyRefresh ? 0x01 : 0) | (_assignment.IvUpdate ? 0x02 : 0));
        BigEndian.WriteUInt32(data, 19, _assignment.IvIndex);
        BigEndian.WriteUInt16(data, 23, _assignment.UnicastAddress);
        AesCcm ccm = new(_keys.SessionKey, 0);
        ccm.Encrypt(_keys.SessionNonce, null, 0, data, 0, ProvisioningData.Size, _pdu, 1, ProvisioningData.MicSize);
        ccm.Clear();
        Array.Clear(data);
        _pdu[0] = ProvisioningPdu.Data;
        Send(1 + ProvisioningData.SecuredSize, now);
    }

    private void Complete(long now)
    {
        byte[] deviceKey = [.. _keys.DeviceKey];
        State = ProvisionerState.Provisioned;
        _bearer!.Close(LinkCloseReason.Success, now);
        Clear();
        _client.OnProvisioned(_assignment!, Capabilities!, deviceKey, now);
    }

    private void Fail(ProvisionerFailure failure, int error, long now)
    {
        bool timeout = failure is ProvisionerFailure.ProtocolTimeout or ProvisionerFailure.LinkTimeout or ProvisionerFailure.TransactionTimeout;
        State = ProvisionerState.Failed;
        Failure = failure;
        _bearer!.Close(timeout ? LinkCloseReason.Timeout : LinkCloseReason.Fail, now);
        Clear();
        _client.OnFailed(failure, error, now);
    }

    private void Compute()
    {
        while (_agreement.IsComputing)
        {
            _agreement.Step();
        }
    }

    private void SendValue(int type, byte[] value, long now)
    {
        _pdu[0] = (byte)type;
        Array.Copy(value, 0, _pdu, 1, _keys.ValueSize);
        Send(1 + _keys.ValueSize, now);
    }

    private void Send(int count, long now)
    {
        _deadline = now + ProtocolTimeout;
        _bearer!.Send(_pdu, count, now);
    }

    private void Clear()
    {
        _keys.Clear();
        _agreement.Clear();
        Array.Clear(_random);
        Array.Clear(_confirmation);
        Array.Clear(_deviceConfirmation);
        Array.Clear(_value);
        Array.Clear(_pdu);
        _deadline = long.MaxValue;
    }
}
