using MeshNode.Beacons;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>
    /// What the device offers to a provisioner, and so the application's policy. See Mesh Protocol 1.1, section 5.4.1.2.
    /// </summary>
    /// <remarks>
    /// HMAC-SHA256 alone is offered unless told otherwise: the confirmation of the CMAC algorithm does not bind (CVE-2020-26556). Provisioners
    /// older than Mesh Protocol 1.1 know the CMAC algorithm only, and some refuse a device that offers both: for them the bit of CMAC is set alone.
    /// What is set is not changed while the device is unprovisioned.
    /// </remarks>
    public sealed class ProvisioningCapabilities
    {
        /// <summary>Octets of the parameters of a Capabilities PDU.</summary>
        public const int Size = 11;

        /// <summary>Digits or characters of the longest output or input OOB value.</summary>
        public const int MaxOobSize = 8;

        private const int MaxElements = 255;
        private const int AllAlgorithms = ProvisioningAlgorithm.CmacFlag | ProvisioningAlgorithm.HmacSha256Flag;
        private const int AllOutputActions = 0x1F;
        private const int AllInputActions = 0x0F;
        private const int OobPublicKeyFlag = 0x01;
        private const int StaticOobFlag = 0x01;
        private const int OnlyOobFlag = 0x02;

        /// <summary>Device UUID, 16 octets.</summary>
        public byte[] Uuid = new byte[UnprovisionedDeviceBeacon.UuidSize];

        /// <summary>OOB Information, 16 bits: where other information on the device is.</summary>
        public int OobInformation;

        /// <summary>URI as in its AD structure, at most 29 octets, or <see langword="null"/>.</summary>
        public byte[] UriData;

        /// <summary>Number of elements.</summary>
        public int Elements = 1;

        /// <summary>Algorithms offered, bits of <see cref="ProvisioningAlgorithm"/>.</summary>
        public int Algorithms = ProvisioningAlgorithm.HmacSha256Flag;

        /// <summary>Private key of which the provisioner knows the public key, 32 octets, or <see langword="null"/>.</summary>
        public byte[] OobPrivateKey;

        /// <summary>The public key of <see cref="OobPrivateKey"/>, 64 octets: X, then Y.</summary>
        public byte[] OobPublicKey;

        /// <summary>
        /// Static OOB value, or <see langword="null"/>: random octets, 32 for HMAC-SHA256 and 16 for CMAC. Zeros make a shorter one longer,
        /// and what is too long is cut.
        /// </summary>
        public byte[] StaticOob;

        /// <summary>Whether a provisioner that does not authenticate the device is refused.</summary>
        public bool OnlyOob;

        /// <summary>Most digits or characters of an output OOB value, 0 to 8.</summary>
        public int OutputOobSize;

        /// <summary>Output OOB actions, one bit for each of <see cref="OutputOobAction"/>.</summary>
        public int OutputOobActions;

        /// <summary>Most digits or characters of an input OOB value, 0 to 8.</summary>
        public int InputOobSize;

        /// <summary>Input OOB actions, one bit for each of <see cref="InputOobAction"/>.</summary>
        public int InputOobActions;

        /// <summary>Whether the members can be offered together.</summary>
        public bool IsValid
        {
            get
            {
                return Elements >= 1
                    && Elements <= MaxElements
                    && Algorithms != 0
                    && (Algorithms & ~AllAlgorithms) == 0
                    && (OobPrivateKey == null) == (OobPublicKey == null)
                    && (OobPrivateKey == null || HasValidKeys())
                    && (StaticOob == null || StaticOob.Length > 0)
                    && IsValidOob(OutputOobSize, OutputOobActions, AllOutputActions)
                    && IsValidOob(InputOobSize, InputOobActions, AllInputActions)
                    && (!OnlyOob || StaticOob != null || OutputOobSize != 0 || InputOobSize != 0);
            }
        }

        /// <summary>Writes the parameters of a Capabilities PDU.</summary>
        /// <returns>Octets written: 11.</returns>
        public int Encode(byte[] destination, int offset)
        {
            destination[offset] = (byte)Elements;
            BigEndian.WriteUInt16(destination, offset + 1, Algorithms);
            destination[offset + 3] = (byte)(OobPrivateKey == null ? 0 : OobPublicKeyFlag);
            destination[offset + 4] = (byte)((StaticOob == null ? 0 : StaticOobFlag) | (OnlyOob ? OnlyOobFlag : 0));
            destination[offset + 5] = (byte)OutputOobSize;
            BigEndian.WriteUInt16(destination, offset + 6, OutputOobActions);
            destination[offset + 8] = (byte)InputOobSize;
            BigEndian.WriteUInt16(destination, offset + 9, InputOobActions);

            return Size;
        }

        private static bool IsValidOob(int size, int actions, int allActions)
        {
            return size >= 0 && size <= MaxOobSize && (actions & ~allActions) == 0 && (size == 0) == (actions == 0);
        }

        private bool HasValidKeys()
        {
            return OobPrivateKey.Length == P256.PrivateKeySize
                && OobPublicKey.Length == P256.PublicKeySize
                && P256.IsValidPrivateKey(OobPrivateKey, 0)
                && P256.IsValidPoint(OobPublicKey, 0);
        }
    }
}
