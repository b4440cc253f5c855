using MeshNode.Access;
using MeshNode.Models.Generic;

namespace MeshNode.Models.Lighting
{
    /// <summary>
    /// The Light Lightness Setup Server, which lets default and range of the lightness be set. See Mesh Model 1.1, sections 6.3.1 and 6.4.2.
    /// </summary>
    public sealed class LightLightnessSetupServer : Model
    {
        private const int DefaultSet = 0x8259;
        private const int DefaultSetUnacknowledged = 0x825A;
        private const int RangeSet = 0x825B;
        private const int RangeSetUnacknowledged = 0x825C;

        private const int Identifier = 0x1301;

        private readonly LightLightnessServer _server;
        private readonly GenericPowerOnOffSetupServer _powerOnOffSetup;

        /// <param name="server">The server whose states it sets, of the same element.</param>
        /// <param name="powerOnOffSetup">The Generic Power OnOff Setup Server of the same element.</param>
        public LightLightnessSetupServer(LightLightnessServer server, GenericPowerOnOffSetupServer powerOnOffSetup)
            : base(Sig, Identifier)
        {
            _server = server;
            _powerOnOffSetup = powerOnOffSetup;
        }

        /// <inheritdoc/>
        public override int BaseCount
        {
            get { return 2; }
        }

        /// <inheritdoc/>
        public override Model Base(int index)
        {
            return index == 0 ? _server : (Model)_powerOnOffSetup;
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            switch (message.Opcode)
            {
                case DefaultSet:
                case DefaultSetUnacknowledged:
                    if (message.Count != 2)
                    {
                        return ModelVerdict.Length;
                    }

                    _server.SetDefault(LittleEndian.ReadUInt16(message.Buffer, message.Offset));
                    _server.KeepState(now);

                    if (message.Opcode == DefaultSet)
                    {
                        _server.ReplyDefault(message, now);
                    }

                    return ModelVerdict.Accepted;

                case RangeSet:
                case RangeSetUnacknowledged:
                    if (message.Count != 4)
                    {
                        return ModelVerdict.Length;
                    }

                    if (!_server.SetRange(
                        LittleEndian.ReadUInt16(message.Buffer, message.Offset),
                        LittleEndian.ReadUInt16(message.Buffer, message.Offset + 2)))
                    {
                        return ModelVerdict.Prohibited;
                    }

                    _server.KeepState(now);

                    if (message.Opcode == RangeSet)
                    {
                        _server.ReplyRange(message, now);
                    }

                    return ModelVerdict.Accepted;

                default:
                    return ModelVerdict.UnknownOpcode;
            }
        }
    }
}
