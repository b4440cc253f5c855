using MeshNode.Crypto;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// Encrypts and decrypts access payloads. See Mesh Protocol 1.1, sections 3.6.2 and 3.9.7.1.
    /// </summary>
    public static class UpperTransportAccessPdu
    {
        /// <summary>Octets of a TransMIC of 32 bits.</summary>
        public const int ShortMicSize = 4;

        /// <summary>Octets of a TransMIC of 64 bits.</summary>
        public const int LongMicSize = 8;

        /// <summary>Most octets of the PDU: 32 segments.</summary>
        public const int MaxLength = 384;

        /// <summary>Octets of a Label UUID.</summary>
        public const int LabelSize = 16;

        /// <summary>Encrypts an access payload.</summary>
        /// <param name="szmic">Whether the TransMIC has 64 bits.</param>
        /// <param name="sequence">SEQ of the message; of a segmented one that of its first segment.</param>
        /// <param name="label">Label UUID when the destination is a virtual address, else <see langword="null"/>.</param>
        /// <param name="payload">The access payload.</param>
        /// <param name="pdu">Takes the payload's length plus 4 or 8 octets; may be <paramref name="payload"/>.</param>
        /// <returns>Octets of the PDU.</returns>
        public static int Encrypt(
            TransportKey key,
            bool szmic,
            uint sequence,
            int source,
            int destination,
            uint ivIndex,
            byte[] label,
            byte[] payload,
            int count,
            byte[] pdu)
        {
            int micSize = szmic ? LongMicSize : ShortMicSize;
            byte[] nonce = Scratch.Block;
            SetNonce(key, szmic, sequence, source, destination, ivIndex, nonce);
            key.Ccm.Encrypt(nonce, label, label == null ? 0 : LabelSize, payload, 0, count, pdu, 0, micSize);

            return count + micSize;
        }

        /// <summary>Decrypts and authenticates an access payload.</summary>
        /// <param name="pdu">The Upper Transport Access PDU.</param>
        /// <param name="count">Its length with TransMIC.</param>
        /// <param name="payload">Takes the access payload; zeroes when the TransMIC is wrong.</param>
        /// <returns>Octets of the access payload; 0 when the PDU is too short or the TransMIC is wrong.</returns>
        public static int Decrypt(
            TransportKey key,
            bool szmic,
            uint sequence,
            int source,
            int destination,
            uint ivIndex,
            byte[] label,
            byte[] pdu,
            int offset,
            int count,
            byte[] payload)
        {
            int micSize = szmic ? LongMicSize : ShortMicSize;
            count -= micSize;

            if (count < 1)
            {
                return 0;
            }

            byte[] nonce = Scratch.Block;
            SetNonce(key, szmic, sequence, source, destination, ivIndex, nonce);
            bool genuine = key.Ccm.Decrypt(nonce, label, label == null ? 0 : LabelSize, pdu, offset, count, payload, 0, micSize);

            return genuine ? count : 0;
        }

        private static void SetNonce(TransportKey key, bool szmic, uint sequence, int source, int destination, uint ivIndex, byte[] nonce)
        {
            if (key.IsApplicationKey)
            {
                Nonce.Application(szmic, sequence, source, destination, ivIndex, nonce);
            }
            else
            {
                Nonce.Device(szmic, sequence, source, destination, ivIndex, nonce);
            }
        }
    }
}
