using MeshNode.Network;

namespace MeshNode
{
    /// <summary>Octets that many need for a moment, and nobody longer than a call.</summary>
    /// <remarks>The protocol has one thread. Who has put something there calls nobody who does the same, nor a bearer, until it has been used. No key is put there.
    /// Not readonly: .NET 10 then goes wrong on a PC when it optimises by profile; tests failed that pass without either.</remarks>
    internal static class Scratch
    {
        /// <summary>A block, a nonce, or the parameters of a short message: 16 octets.</summary>
        public static byte[] Block = new byte[16];

        /// <summary>A Lower Transport PDU or a beacon before it is queued, the service data of an advert, or a Label UUID: 29 octets.</summary>
        public static byte[] Pdu = new byte[NetworkPdu.MaxLength];
    }
}
