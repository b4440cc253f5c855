using MeshNode.Access;
using MeshNode.LowerTransport;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// The SAR Configuration Server: how the node sends and acknowledges segmented messages. See Mesh Protocol 1.1, sections 4.2.48, 4.2.49 and 4.3.8.
    /// </summary>
    /// <remarks>A model of the primary element, used with the device key.</remarks>
    public sealed class SarConfigurationServer : Model, IKeptState
    {
        private const int TransmitterGet = 0x806C;
        private const int TransmitterSet = 0x806D;
        private const int TransmitterStatus = 0x806E;
        private const int ReceiverGet = 0x806F;
        private const int ReceiverSet = 0x8070;
        private const int ReceiverStatus = 0x8071;

        private const int Identifier = 0x000E;

        /// <summary>The states are those of the <see cref="LowerTransportLayer"/>.</summary>
        public SarConfigurationServer()
            : base(Sig, Identifier)
        {
        }

        /// <inheritdoc/>
        public override bool UsesDeviceKey
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            SarTransmitter transmitter = Node.LowerTransport.SarTransmitter;
            SarReceiver receiver = Node.LowerTransport.SarReceiver;
            int size;

            switch (message.Opcode)
            {
                case TransmitterGet:
                case ReceiverGet:
                    size = 0;
                    break;

                case TransmitterSet:
                    size = SarTransmitter.Size;
                    break;

                case ReceiverSet:
                    size = SarReceiver.Size;
                    break;

                default:
                    return ModelVerdict.UnknownOpcode;
            }

            if (message.Count != size)
            {
                return ModelVerdict.Length;
            }

            if (message.Opcode == TransmitterSet)
            {
                transmitter.Decode(message.Buffer, message.Offset);
                KeepState(now);
            }
            else if (message.Opcode == ReceiverSet)
            {
                receiver.Decode(message.Buffer, message.Offset);
                KeepState(now);
            }

            byte[] buffer = Node.Access.Buffer;
            bool ofTransmitter = message.Opcode <= TransmitterSet;
            int count = Opcode.Encode(ofTransmitter ? TransmitterStatus : ReceiverStatus, buffer);
            count += ofTransmitter ? transmitter.Encode(buffer, count) : receiver.Encode(buffer, count);
            Node.Access.Reply(message, count, now);

            return ModelVerdict.Accepted;
        }

        /// <inheritdoc/>
        public override void OnReset(long now)
        {
            Node.LowerTransport.SarTransmitter.Reset();
            Node.LowerTransport.SarReceiver.Reset();
        }

        /// <inheritdoc/>
        public int EncodeKept(byte[] destination, int offset)
        {
            Node.LowerTransport.SarTransmitter.Encode(destination, offset);
            Node.LowerTransport.SarReceiver.Encode(destination, offset + SarTransmitter.Size);

            return SarTransmitter.Size + SarReceiver.Size;
        }

        /// <inheritdoc/>
        public bool DecodeKept(byte[] source, int offset, int count)
        {
            if (count != SarTransmitter.Size + SarReceiver.Size)
            {
                return false;
            }

            Node.LowerTransport.SarTransmitter.Decode(source, offset);
            Node.LowerTransport.SarReceiver.Decode(source, offset + SarTransmitter.Size);

            return true;
        }
    }
}
