using System;
using MeshNode.Access;

namespace MeshNode.Models
{
    /// <summary>
    /// A vendor model that answers with what it was given: the example of how a model is added. It takes this class and one line in the
    /// composition: <c>element.Add(new EchoServer());</c>.
    /// </summary>
    internal sealed class EchoServer : Model
    {
        private const int EchoCompany = 0x05F1;
        private const int Identifier = 0x0001;

        private static readonly int s_echo = Opcode.Vendor(0x01, EchoCompany);
        private static readonly int s_status = Opcode.Vendor(0x02, EchoCompany);

        public EchoServer()
            : base(EchoCompany, Identifier)
        {
        }

        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            if (message.Opcode != s_echo)
            {
                return ModelVerdict.UnknownOpcode;
            }

            // The parameters may be in the buffer already that the answer is composed in: they are moved first.
            byte[] buffer = Node.Access.Buffer;
            Array.Copy(message.Buffer, message.Offset, buffer, 3, message.Count);
            Node.Access.Reply(message, Opcode.Encode(s_status, buffer) + message.Count, now);

            return ModelVerdict.Accepted;
        }
    }
}
