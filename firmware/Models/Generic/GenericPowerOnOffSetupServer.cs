using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>
    /// The Generic Power OnOff Setup Server, which lets Generic OnPowerUp be set. See Mesh Model 1.1, sections 3.2.4 and 3.3.5.
    /// </summary>
    public sealed class GenericPowerOnOffSetupServer : Model
    {
        private const int SetAcknowledged = 0x8213;
        private const int SetUnacknowledged = 0x8214;

        private const int Identifier = 0x1007;

        private readonly GenericPowerOnOffServer _server;
        private readonly GenericDefaultTransitionTimeServer _defaultTime;

        /// <param name="server">The server whose state it sets, of the same element.</param>
        /// <param name="defaultTime">The Generic Default Transition Time Server of the same element.</param>
        public GenericPowerOnOffSetupServer(GenericPowerOnOffServer server, GenericDefaultTransitionTimeServer defaultTime)
            : base(Sig, Identifier)
        {
            _server = server;
            _defaultTime = defaultTime;
        }

        /// <inheritdoc/>
        public override int BaseCount
        {
            get { return 2; }
        }

        /// <inheritdoc/>
        public override Model Base(int index)
        {
            return index == 0 ? _server : (Model)_defaultTime;
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            if (message.Opcode != SetAcknowledged && message.Opcode != SetUnacknowledged)
            {
                return ModelVerdict.UnknownOpcode;
            }

            if (message.Count != 1)
            {
                return ModelVerdict.Length;
            }

            int onPowerUp = message.Buffer[message.Offset];

            if (onPowerUp > GenericPowerOnOffServer.Restore)
            {
                return ModelVerdict.Prohibited;
            }

            _server.Set(onPowerUp, now);

            if (message.Opcode == SetAcknowledged)
            {
                _server.Reply(message, now);
            }

            return ModelVerdict.Accepted;
        }
    }
}
