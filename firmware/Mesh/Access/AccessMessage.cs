using MeshNode.Network;

namespace MeshNode.Access
{
    /// <summary>
    /// An access message that was received, as a model sees it. See Mesh Protocol 1.1, section 3.7.
    /// </summary>
    /// <remarks>
    /// One object is filled anew for each message: a model copies what it needs later. Plain fields, because a property costs a call on
    /// the interpreter.
    /// </remarks>
    public sealed class AccessMessage
    {
        /// <summary>The opcode, see <see cref="Access.Opcode"/>.</summary>
        public int Opcode;

        /// <summary>Holds the parameters.</summary>
        public byte[] Buffer;

        /// <summary>Where in <see cref="Buffer"/> the parameters start.</summary>
        public int Offset;

        /// <summary>Octets of the parameters.</summary>
        public int Count;

        /// <summary>SRC.</summary>
        public int Source;

        /// <summary>DST.</summary>
        public int Destination;

        /// <summary>Place of the Label UUID when <see cref="Destination"/> is a virtual address, else <see cref="UpperTransport.LabelTable.None"/>.</summary>
        public int Label;

        /// <summary>TTL as received.</summary>
        public int Ttl;

        /// <summary>The subnet it came from.</summary>
        public Subnet Subnet;

        /// <summary>AppKey Index of the key it was secured with, or <see cref="AccessKey.Device"/> or <see cref="AccessKey.RemoteDevice"/>.</summary>
        public int AppKeyIndex;

        /// <summary>The element it is delivered to.</summary>
        public Element Element;
    }
}
