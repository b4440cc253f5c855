using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// The Generic OnOff Client: a button, which publishes what it wants of whoever it is configured for. See Mesh Model 1.1, section 3.4.1.
    /// </summary>
    public sealed class GenericOnOffClient : Model
    {
        private const int Identifier = 0x1001;

        private readonly IOnOffStatusClient _client;

        // 0 while nothing was asked for.
        private int _opcode;
        private bool _on;
        private byte _transaction;

        /// <param name="client">Hears the answers, or <see langword="null"/>.</param>
        public GenericOnOffClient(IOnOffStatusClient client)
            : base(Sig, Identifier)
        {
            _client = client;
        }

        /// <inheritdoc/>
        public override bool HasPublication
        {
            get { return true; }
        }

        /// <summary>Publishes Generic OnOff Set or Generic OnOff Set Unacknowledged, a new transaction each time.</summary>
        /// <param name="acknowledged">Whether servers answer; many of them would all at once.</param>
        public void Set(bool on, bool acknowledged, long now)
        {
            _opcode = acknowledged ? GenericOnOffServer.SetAcknowledged : GenericOnOffServer.SetUnacknowledged;
            _on = on;
            _transaction++;
            Node.Access.Publish(this, now);
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            if (message.Opcode != GenericOnOffServer.Status)
            {
                return ModelVerdict.UnknownOpcode;
            }

            if (message.Count != 1 && message.Count != 3)
            {
                return ModelVerdict.Length;
            }

            int present = message.Buffer[message.Offset];
            int target = message.Count == 1 ? present : message.Buffer[message.Offset + 1];

            if (present > 1 || target > 1)
            {
                return ModelVerdict.Prohibited;
            }

            if (_client != null)
            {
                _client.OnStatus(message.Source, present == 1, target == 1, now);
            }

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override int EncodePublication(byte[] payload, long now)
        {
            if (_opcode == 0)
            {
                return 0;
            }

            int count = Opcode.Encode(_opcode, payload);
            payload[count] = (byte)(_on ? 1 : 0);
            payload[count + 1] = _transaction;

            return count + 2;
        }
    }
}
