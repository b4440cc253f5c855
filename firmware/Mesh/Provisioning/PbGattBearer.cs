using System;
using MeshNode.Bearers;
using MeshNode.Proxy;

namespace MeshNode.Provisioning
{
    /// <summary>PB-GATT, device role: one provisioner at a time. See Mesh Protocol 1.1, sections 5.2.2 and 7.1.</summary>
    /// <remarks>
    /// A client that writes anything else than Provisioning PDUs, breaks the SAR rules, leaves a PDU unfinished for 20 seconds or says nothing for 60
    /// is disconnected. After Complete it has 5 seconds to go, as the node is not to be seen as a proxy before.
    /// </remarks>
    public sealed class PbGattBearer : IProvisioningBearer
    {
        private const int None = -1;
        private const int NodeTimeout = 5000;
        private const int CongestionRetry = 20;

        private readonly IGattBearer _bearer;
        private readonly Provisionee _provisionee;
        private readonly ProxyReassembler _reassembler = new ProxyReassembler();
        private readonly byte[] _outgoing = new byte[ProvisioningPdu.MaxLength];
        private readonly byte[] _waiting = new byte[ProvisioningPdu.MaxLength];
        private readonly byte[] _value = new byte[ProvisioningPdu.MaxLength + 1];
        private int _connection = None;
        private bool _closing;
        private bool _subscribed;
        private int _maxValue;
        private int _outgoingLength;
        private int _position;
        private int _waitingLength;

        /// <param name="bearer">The GATT bearer.</param>
        public PbGattBearer(IGattBearer bearer, Provisionee provisionee)
        {
            _bearer = bearer;
            _provisionee = provisionee;
        }

        /// <inheritdoc/>
        public bool StartsNodeIdentity
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public int CloseTimeout
        {
            get { return NodeTimeout; }
        }

        /// <summary>Whether a provisioner is connected.</summary>
        public bool IsConnected
        {
            get { return _connection != None; }
        }

        /// <summary>Whether a connection is the provisioner's.</summary>
        public bool Owns(int connection)
        {
            return connection == _connection && connection != None;
        }

        /// <summary>A client has connected. It is turned away when there is a link already.</summary>
        public void OnConnected(int connection, long now)
        {
            if (_connection != None || !_provisionee.Open(this, now))
            {
                _bearer.Disconnect(connection);

                return;
            }

            _connection = connection;
            _closing = false;
            _subscribed = false;
            _maxValue = GattService.MinMtu - GattService.AttHeaderSize;
            _outgoingLength = 0;
            _position = 0;
            _waitingLength = 0;
            _reassembler.Reset();
        }

        /// <summary>The ATT_MTU of the connection is known. Values out of range are taken as the nearest in range.</summary>
        public void OnMtuChanged(int mtu)
        {
            mtu = mtu < GattService.MinMtu ? GattService.MinMtu : mtu > GattService.MaxMtu ? GattService.MaxMtu : mtu;
            _maxValue = mtu - GattService.AttHeaderSize;
        }

        /// <summary>The client has enabled or disabled notifications.</summary>
        public void OnSubscribed(bool enabled)
        {
            _subscribed = enabled;
            Pump();
        }

        /// <summary>The client has written a value to Mesh Provisioning Data In. It is not kept.</summary>
        public PbGattVerdict OnWritten(byte[] value, int offset, int count, long now)
        {
            if (_closing || _connection == None)
            {
                return PbGattVerdict.NotConnected;
            }

            ProxyReassembly reassembly = _reassembler.Receive(value, offset, count, now);

            if (reassembly > ProxyReassembly.Complete || _reassembler.Type != ProxyPduType.ProvisioningPdu)
            {
                Disconnect();

                return PbGattVerdict.Violation;
            }

            if (reassembly == ProxyReassembly.Incomplete)
            {
                return PbGattVerdict.Incomplete;
            }

            _provisionee.Receive(_reassembler.Message, 0, _reassembler.Length, now);

            return PbGattVerdict.Accepted;
        }

        /// <summary>The bearer has room for notifications again.</summary>
        public void OnNotified()
        {
            Pump();
        }

        /// <summary>The connection is gone.</summary>
        public void OnDisconnected(long now)
        {
            _connection = None;
            _outgoingLength = 0;
            _waitingLength = 0;
            _reassembler.Reset();
            Array.Clear(_outgoing, 0, _outgoing.Length);
            Array.Clear(_waiting, 0, _waiting.Length);
            Array.Clear(_value, 0, _value.Length);
            _provisionee.Close(now);
        }

        /// <inheritdoc/>
        public void Send(byte[] pdu, int count, long now)
        {
            if (_outgoingLength != 0)
            {
                Array.Copy(pdu, 0, _waiting, 0, count);
                _waitingLength = count;
            }
            else
            {
                Array.Copy(pdu, 0, _outgoing, 0, count);
                _outgoingLength = count;
                _position = 0;
            }

            Pump();
        }

        /// <inheritdoc/>
        public void Close(int reason, long now)
        {
            Disconnect();
        }

        /// <summary>Notifies what waits, and disconnects a client that has left a PDU unfinished.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (_connection == None || _closing)
            {
                return long.MaxValue;
            }

            if (_reassembler.Expired(now))
            {
                Disconnect();

                return long.MaxValue;
            }

            long next = Pump() ? long.MaxValue : now + CongestionRetry;

            return next < _reassembler.Deadline ? next : _reassembler.Deadline;
        }

        private void Disconnect()
        {
            if (!_closing)
            {
                _closing = true;
                _bearer.Disconnect(_connection);
            }
        }

        private bool Pump()
        {
            while (_subscribed && !_closing && _outgoingLength != 0)
            {
                int maxValue = _maxValue < _value.Length ? _maxValue : _value.Length;
                int count = ProxySegmenter.Encode(ProxyPduType.ProvisioningPdu, _outgoing, _outgoingLength, _position, _value, maxValue);

                if (!_bearer.Notify(_connection, _value, 0, count))
                {
                    return false;
                }

                _position += count - 1;

                if (_position == _outgoingLength)
                {
                    _outgoingLength = _waitingLength;
                    _position = 0;
                    Array.Copy(_waiting, 0, _outgoing, 0, _waitingLength);
                    _waitingLength = 0;
                }
            }

            return true;
        }
    }
}
