using System;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>
    /// The provisioning protocol, device role. See Mesh Protocol 1.1, section 5.4.
    /// </summary>
    /// <remarks>
    /// <para>
    /// One session at a time. Whatever is wrong ends it with a Failed PDU; the link stays until the provisioner closes it, and what else
    /// comes is answered with Unexpected PDU. Secrets are zeroed when the session ends.
    /// </para>
    /// <para>
    /// The public key of the device is not sent before that of the provisioner has been found to be valid (erratum 10395) and not the
    /// device's own; the device's random number not before the provisioner has confirmed the AuthValue. A value that is shown or entered
    /// serves one confirmation; a static one cannot, and is protected by <see cref="AttemptLimit"/>.
    /// </para>
    /// </remarks>
    public sealed class Provisionee
    {
        /// <summary>Milliseconds without a PDU after which the link is closed. Section 5.4.4.</summary>
        public const int ProtocolTimeout = 60000;

        private const int SliceInterval = 1;

        /// <summary>What is offered to provisioners.</summary>
        public readonly ProvisioningCapabilities Capabilities;

        /// <summary>The key pair.</summary>
        public readonly KeyAgreement Agreement;

        /// <summary>Failed authentications.</summary>
        public readonly AttemptLimit Limit = new AttemptLimit();

        private readonly IRandomSource _randomSource;
        private readonly IProvisioneeClient _stack;
        private readonly IProvisioningClient _client;
        private readonly ProvisioningKeys _keys = new ProvisioningKeys();
        private readonly ProvisioningStart _start = new ProvisioningStart();
        private readonly ProvisioningData _data = new ProvisioningData();
        private readonly byte[] _peerKey = new byte[P256.PublicKeySize];
        private readonly byte[] _peerConfirmation = new byte[ProvisioningAlgorithm.MaxValueSize];
        private readonly byte[] _confirmation = new byte[ProvisioningAlgorithm.MaxValueSize];
        private readonly byte[] _random = new byte[ProvisioningAlgorithm.MaxValueSize];
        private readonly byte[] _value = new byte[ProvisioningAlgorithm.MaxValueSize];
        private readonly byte[] _text = new byte[ProvisioningCapabilities.MaxOobSize];
        private readonly byte[] _pdu = new byte[ProvisioningPdu.MaxLength];
        private IProvisioningBearer _bearer;
        private ProvisioneeState _state;
        private bool _oobActive;
        private int _error;
        private long _deadline = long.MaxValue;

        /// <param name="capabilities">What is offered.</param>
        /// <param name="random">The chip's random number generator.</param>
        /// <param name="stack">Joins the network.</param>
        /// <param name="client">The application.</param>
        public Provisionee(ProvisioningCapabilities capabilities, IRandomSource random, IProvisioneeClient stack, IProvisioningClient client)
        {
            if (!capabilities.IsValid)
            {
                throw new ArgumentException();
            }

            Capabilities = capabilities;
            _randomSource = random;
            _stack = stack;
            _client = client;
            Agreement = new KeyAgreement(random);
        }

        /// <summary>What it waits for.</summary>
        public ProvisioneeState State
        {
            get { return _state; }
        }

        /// <summary>Whether a provisioner has a link.</summary>
        public bool IsLinkOpen
        {
            get { return _bearer != null; }
        }

        /// <summary>The error that the session has ended with, see <see cref="ProvisioningError"/>.</summary>
        public int Error
        {
            get { return _error; }
        }

        /// <summary>A provisioner has opened a link.</summary>
        /// <returns><see langword="false"/> when there is one already, or the device is a node.</returns>
        public bool Open(IProvisioningBearer bearer, long now)
        {
            if (_state != ProvisioneeState.Closed)
            {
                return false;
            }

            _bearer = bearer;
            _state = ProvisioneeState.Invite;
            _error = ProvisioningError.None;
            _deadline = now + ProtocolTimeout;
            _stack.OnLinkOpened(now);

            return true;
        }

        /// <summary>The link is closed.</summary>
        public void Close(long now)
        {
            if (_bearer == null)
            {
                return;
            }

            bool provisioned = _state == ProvisioneeState.Complete;
            bool ended = provisioned || _state == ProvisioneeState.Failed;
            bool identity = provisioned && _bearer.StartsNodeIdentity;
            _bearer = null;
            _deadline = long.MaxValue;

            if (!ended)
            {
                bool begun = _state != ProvisioneeState.Invite;
                EndSession(now);

                if (begun)
                {
                    _client.OnFailed(ProvisioningError.None, now);
                }
            }

            if (!provisioned)
            {
                _state = ProvisioneeState.Closed;
            }

            _stack.OnLinkClosed(provisioned, identity, now);
        }

        /// <summary>Takes a Provisioning PDU of the provisioner.</summary>
        /// <returns>What is wrong with it, see <see cref="ProvisioningError"/>.</returns>
        public int Receive(byte[] pdu, int offset, int count, long now)
        {
            if (_bearer == null)
            {
                return ProvisioningError.UnexpectedPdu;
            }

            if (_state == ProvisioneeState.Failed || _state == ProvisioneeState.Complete)
            {
                // The time that is left does not get longer.
                SendFailed(ProvisioningError.UnexpectedPdu, now);

                return ProvisioningError.UnexpectedPdu;
            }

            _deadline = now + ProtocolTimeout;
            int error = ProvisioningPdu.Check(pdu, offset, count, _keys.Algorithm);

            if (error != ProvisioningError.InvalidPdu && pdu[offset] != Expected())
            {
                error = ProvisioningError.UnexpectedPdu;
            }

            if (error == ProvisioningError.None)
            {
                error = Take(pdu, offset + 1, now);
            }

            if (error != ProvisioningError.None)
            {
                Fail(error, now);
            }

            return error;
        }

        /// <summary>The user has entered a number, or pushed or twisted that often.</summary>
        /// <returns><see langword="false"/> when it was not asked for or cannot be.</returns>
        public bool InputNumber(uint number, long now)
        {
            if (_state != ProvisioneeState.Input
                || _start.Action == InputOobAction.Alphanumeric
                || number >= AuthValue.NumberLimit(_start.OobSize))
            {
                return false;
            }

            AuthValue.EncodeNumber(number, _value, _keys.ValueSize);
            CompleteInput(now);

            return true;
        }

        /// <summary>The user has entered a text. It is copied.</summary>
        /// <param name="text">Digits and upper-case letters in ASCII.</param>
        /// <returns><see langword="false"/> when it was not asked for or cannot be.</returns>
        public bool InputText(byte[] text, int count, long now)
        {
            if (_state != ProvisioneeState.Input || _start.Action != InputOobAction.Alphanumeric || count != _start.OobSize)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (!AuthValue.IsAlphanumeric(text[i]))
                {
                    return false;
                }
            }

            AuthValue.EncodeOctets(text, count, _value, _keys.ValueSize);
            CompleteInput(now);

            return true;
        }

        /// <summary>The user has given up.</summary>
        public void CancelInput(long now)
        {
            if (_state == ProvisioneeState.Input)
            {
                Fail(ProvisioningError.UnexpectedError, now);
            }
        }

        /// <summary>Computes a slice of what is to be computed, and closes a link whose time is up.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (now >= _deadline)
            {
                _deadline = long.MaxValue;
                _bearer.Close(LinkCloseReason.Timeout, now);
            }

            if (_state != ProvisioneeState.Complete)
            {
                Compute(now);
            }

            long slice = Agreement.IsComputing ? now + SliceInterval : long.MaxValue;

            return slice < _deadline ? slice : _deadline;
        }

        /// <summary>Zeroes everything, the key pair included: the device is not to be provisioned any more.</summary>
        public void Clear()
        {
            ClearSession();
            Agreement.Clear();
        }

        // The next key pair is made while nobody waits for it.
        private void Compute(long now)
        {
            if (Agreement.State == KeyAgreementState.Empty && (_state <= ProvisioneeState.KeyPair || _state == ProvisioneeState.Failed))
            {
                if (!Agreement.Prepare() && _state == ProvisioneeState.KeyPair)
                {
                    Fail(ProvisioningError.UnexpectedError, now);
                }
            }
            else if (Agreement.Step())
            {
                int error = ProvisioningError.None;

                if (_state == ProvisioneeState.KeyPair)
                {
                    error = AgreeOnKey(now);
                }
                else if (_state == ProvisioneeState.Secret)
                {
                    error = Confirm(now);
                }

                if (error != ProvisioningError.None)
                {
                    Fail(error, now);
                }
            }
        }

        private int Expected()
        {
            switch (_state)
            {
                case ProvisioneeState.Invite:
                    return ProvisioningPdu.Invite;

                case ProvisioneeState.Start:
                    return ProvisioningPdu.Start;

                case ProvisioneeState.PublicKey:
                    return ProvisioningPdu.PublicKey;

                case ProvisioneeState.Confirmation:
                    return ProvisioningPdu.Confirmation;

                case ProvisioneeState.Random:
                    return ProvisioningPdu.Random;

                case ProvisioneeState.Data:
                    return ProvisioningPdu.Data;

                default:
                    return -1;
            }
        }

        private int Take(byte[] pdu, int offset, long now)
        {
            switch (_state)
            {
                case ProvisioneeState.Invite:
                    TakeInvite(pdu, offset, now);

                    return ProvisioningError.None;

                case ProvisioneeState.Start:
                    return TakeStart(pdu, offset, now);

                case ProvisioneeState.PublicKey:
                    Array.Copy(pdu, offset, _peerKey, 0, P256.PublicKeySize);
                    _state = ProvisioneeState.KeyPair;

                    return Agreement.State == KeyAgreementState.Ready ? AgreeOnKey(now) : ProvisioningError.None;

                case ProvisioneeState.Confirmation:
                    Array.Copy(pdu, offset, _peerConfirmation, 0, _keys.ValueSize);
                    _state = ProvisioneeState.Secret;

                    return Agreement.State == KeyAgreementState.Agreed ? Confirm(now) : ProvisioningError.None;

                case ProvisioneeState.Random:
                    return TakeRandom(pdu, offset, now);

                default:
                    return TakeData(pdu, offset, now);
            }
        }

        private void TakeInvite(byte[] pdu, int offset, long now)
        {
            _keys.SetInvite(pdu, offset);
            _pdu[0] = ProvisioningPdu.Capabilities;
            Capabilities.Encode(_pdu, 1);
            _keys.SetCapabilities(_pdu, 1);
            _state = ProvisioneeState.Start;
            Send(1 + ProvisioningCapabilities.Size, now);
            _client.OnAttention(pdu[offset], now);
        }

        private int TakeStart(byte[] pdu, int offset, long now)
        {
            if (!_start.Decode(pdu, offset, Capabilities))
            {
                return ProvisioningError.InvalidFormat;
            }

            if (_start.Method != AuthenticationMethod.None && Limit.IsBlocked(now))
            {
                return ProvisioningError.OutOfResources;
            }

            if (_start.OobPublicKey)
            {
                Agreement.Take(Capabilities.OobPrivateKey, Capabilities.OobPublicKey);
            }

            _keys.SetStart(pdu, offset);
            _keys.Algorithm = _start.Algorithm;
            _state = ProvisioneeState.PublicKey;

            return ProvisioningError.None;
        }

        private int AgreeOnKey(long now)
        {
            // Erratum 10395: an invalid key is found before the device sends its own.
            if (!Agreement.Start(_peerKey, 0))
            {
                return ProvisioningError.InvalidFormat;
            }

            _keys.SetProvisionerKey(_peerKey, 0);
            _keys.SetDeviceKey(Agreement.PublicKey, 0);

            if (!_start.OobPublicKey)
            {
                _pdu[0] = ProvisioningPdu.PublicKey;
                Array.Copy(Agreement.PublicKey, 0, _pdu, 1, P256.PublicKeySize);
                Send(1 + P256.PublicKeySize, now);
            }

            return BeginAuthentication(now);
        }

        private int BeginAuthentication(long now)
        {
            bool ok = true;
            int size = _keys.ValueSize;
            _state = ProvisioneeState.Confirmation;
            Array.Clear(_value, 0, size);

            switch (_start.Method)
            {
                case AuthenticationMethod.StaticOob:
                    AuthValue.EncodeOctets(Capabilities.StaticOob, Capabilities.StaticOob.Length, _value, size);
                    break;

                case AuthenticationMethod.OutputOob:
                    _oobActive = true;
                    ok = ShowOutput(size, now);
                    break;

                case AuthenticationMethod.InputOob:
                    _oobActive = true;
                    _state = ProvisioneeState.Input;

                    // The client may give the value at once.
                    return _client.RequestInput(_start.Action, _start.OobSize, now) ? ProvisioningError.None : ProvisioningError.UnexpectedError;
            }

            UseValue();

            return ok ? ProvisioningError.None : ProvisioningError.UnexpectedError;
        }

        private bool ShowOutput(int size, long now)
        {
            bool ok;

            if (_start.Action == OutputOobAction.Alphanumeric)
            {
                AuthValue.RandomText(_start.OobSize, _randomSource, _text);
                AuthValue.EncodeOctets(_text, _start.OobSize, _value, size);
                ok = _client.ShowText(_text, _start.OobSize, now);
                Array.Clear(_text, 0, _text.Length);
            }
            else
            {
                bool counted = _start.Action != OutputOobAction.Numeric;
                uint number = AuthValue.RandomNumber(_start.OobSize, counted, _randomSource, _text);
                AuthValue.EncodeNumber(number, _value, size);
                ok = _client.ShowNumber(_start.Action, number, _start.OobSize, now);
            }

            return ok;
        }

        private void CompleteInput(long now)
        {
            UseValue();
            _state = ProvisioneeState.Confirmation;
            _deadline = now + ProtocolTimeout;
            EndOob(now);
            _pdu[0] = ProvisioningPdu.InputComplete;
            Send(1, now);
        }

        private void UseValue()
        {
            _keys.SetAuthValue(_value);
            Array.Clear(_value, 0, _value.Length);
        }

        private int Confirm(long now)
        {
            int size = _keys.ValueSize;
            Agreement.GetSecret(_keys.SecretAndAuthValue, 0);
            _keys.DeriveConfirmationKey();
            _randomSource.Fill(_random, 0, size);
            _keys.Confirm(_random, 0, _confirmation);
            _deadline = now + ProtocolTimeout;

            // A reflected confirmation (CVE-2020-26560).
            if (ConstantTime.Equal(_confirmation, 0, _peerConfirmation, 0, size))
            {
                FailAuthentication(now);

                return ProvisioningError.ConfirmationFailed;
            }

            _state = ProvisioneeState.Random;
            _pdu[0] = ProvisioningPdu.Confirmation;
            Array.Copy(_confirmation, 0, _pdu, 1, size);
            Send(1 + size, now);

            return ProvisioningError.None;
        }

        private int TakeRandom(byte[] pdu, int offset, long now)
        {
            int size = _keys.ValueSize;
            _keys.Confirm(pdu, offset, _value);
            bool reflected = ConstantTime.Equal(pdu, offset, _random, 0, size);
            bool confirmed = ConstantTime.Equal(_value, 0, _peerConfirmation, 0, size);
            Array.Clear(_value, 0, _value.Length);

            if (reflected || !confirmed)
            {
                FailAuthentication(now);

                return ProvisioningError.ConfirmationFailed;
            }

            if (_start.Method != AuthenticationMethod.None)
            {
                Limit.Succeed();
            }

            _keys.DeriveSession(pdu, offset, _random);
            _state = ProvisioneeState.Data;
            EndOob(now);
            _pdu[0] = ProvisioningPdu.Random;
            Array.Copy(_random, 0, _pdu, 1, size);
            Send(1 + size, now);

            return ProvisioningError.None;
        }

        private int TakeData(byte[] pdu, int offset, long now)
        {
            if (!_keys.Decrypt(pdu, offset, _pdu))
            {
                return ProvisioningError.DecryptionFailed;
            }

            int error = _data.Decode(_pdu, 0, Capabilities.Elements);
            Array.Clear(_pdu, 0, _pdu.Length);

            if (error != ProvisioningError.None)
            {
                return error;
            }

            _state = ProvisioneeState.Complete;
            _deadline = now + _bearer.CloseTimeout;

            // The provisioner is told when the device does not forget it any more.
            _stack.OnProvisioned(_data, _keys.DeviceKey, now);
            _pdu[0] = ProvisioningPdu.Complete;
            Send(1, now);
            _client.OnProvisioned(_data, _keys.DeviceKey, now);
            Clear();

            return ProvisioningError.None;
        }

        // Without authentication there is nothing to find out.
        private void FailAuthentication(long now)
        {
            if (_start.Method != AuthenticationMethod.None)
            {
                Limit.Fail(now);
            }
        }

        private void Fail(int error, long now)
        {
            _error = error;
            EndSession(now);
            _state = ProvisioneeState.Failed;
            SendFailed(error, now);
            _client.OnFailed(error, now);
        }

        private void SendFailed(int error, long now)
        {
            _pdu[0] = ProvisioningPdu.Failed;
            _pdu[1] = (byte)error;
            Send(2, now);
        }

        private void Send(int count, long now)
        {
            _bearer.Send(_pdu, count, now);
        }

        private void EndOob(long now)
        {
            if (_oobActive)
            {
                _oobActive = false;
                _client.OnOobEnded(now);
            }
        }

        // A key pair that the provisioner has not seen stays.
        private void EndSession(long now)
        {
            bool seen = _state >= ProvisioneeState.Input || Agreement.State >= KeyAgreementState.MakingSecret || _start.OobPublicKey;
            ClearSession();

            if (seen)
            {
                Agreement.Clear();
            }

            EndOob(now);
        }

        private void ClearSession()
        {
            _keys.Clear();
            _data.Clear();
            _start.OobPublicKey = false;
            Array.Clear(_peerKey, 0, _peerKey.Length);
            Array.Clear(_peerConfirmation, 0, _peerConfirmation.Length);
            Array.Clear(_confirmation, 0, _confirmation.Length);
            Array.Clear(_random, 0, _random.Length);
            Array.Clear(_value, 0, _value.Length);
            Array.Clear(_pdu, 0, _pdu.Length);
        }
    }
}
