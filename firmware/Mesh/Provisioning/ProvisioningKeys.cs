using System;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>
    /// What both sides compute from what they have exchanged: confirmations, session key, device key. See Mesh Protocol 1.1, sections
    /// 5.4.2.4 and 5.4.2.5.
    /// </summary>
    /// <remarks>Its 400 octets are allocated once; the derivations allocate, a few times in a session, and zero what they have allocated.</remarks>
    public sealed class ProvisioningKeys
    {
        private const int InviteOffset = 0;
        private const int CapabilitiesOffset = InviteOffset + 1;
        private const int StartOffset = CapabilitiesOffset + ProvisioningCapabilities.Size;
        private const int ProvisionerKeyOffset = StartOffset + ProvisioningStart.Size;
        private const int DeviceKeyOffset = ProvisionerKeyOffset + P256.PublicKeySize;
        private const int InputsSize = DeviceKeyOffset + P256.PublicKeySize;
        private const int KeySize = 16;
        private const int NonceInKey = KeySize - AesCcm.NonceSize;

        /// <summary>ConfirmationInputs, of which only the invite, capabilities, start and public keys that were set are right.</summary>
        public readonly byte[] ConfirmationInputs = new byte[InputsSize];

        /// <summary>ECDHSecret, then AuthValue.</summary>
        public readonly byte[] SecretAndAuthValue = new byte[P256.SharedSecretSize + ProvisioningAlgorithm.MaxValueSize];

        /// <summary>ConfirmationSalt, 16 or 32 octets.</summary>
        public readonly byte[] ConfirmationSalt = new byte[ProvisioningAlgorithm.MaxValueSize];

        /// <summary>ConfirmationKey, 16 or 32 octets.</summary>
        public readonly byte[] ConfirmationKey = new byte[ProvisioningAlgorithm.MaxValueSize];

        /// <summary>SessionKey.</summary>
        public readonly byte[] SessionKey = new byte[KeySize];

        /// <summary>SessionNonce.</summary>
        public readonly byte[] SessionNonce = new byte[AesCcm.NonceSize];

        /// <summary>The device key.</summary>
        public readonly byte[] DeviceKey = new byte[KeySize];

        /// <summary>See <see cref="ProvisioningAlgorithm"/>.</summary>
        public int Algorithm;

        private readonly byte[] _scratch = new byte[3 * ProvisioningAlgorithm.MaxValueSize];
        private readonly byte[] _salt = new byte[KeySize];

        /// <summary>Octets of AuthValue, Random and Confirmation.</summary>
        public int ValueSize
        {
            get { return ProvisioningAlgorithm.ValueSize(Algorithm); }
        }

        /// <summary>Sets the parameters of the Invite PDU.</summary>
        public void SetInvite(byte[] pdu, int offset)
        {
            ConfirmationInputs[InviteOffset] = pdu[offset];
        }

        /// <summary>Sets the parameters of the Capabilities PDU.</summary>
        public void SetCapabilities(byte[] pdu, int offset)
        {
            Array.Copy(pdu, offset, ConfirmationInputs, CapabilitiesOffset, ProvisioningCapabilities.Size);
        }

        /// <summary>Sets the parameters of the Start PDU.</summary>
        public void SetStart(byte[] pdu, int offset)
        {
            Array.Copy(pdu, offset, ConfirmationInputs, StartOffset, ProvisioningStart.Size);
        }

        /// <summary>Sets the provisioner's public key.</summary>
        public void SetProvisionerKey(byte[] key, int offset)
        {
            Array.Copy(key, offset, ConfirmationInputs, ProvisionerKeyOffset, P256.PublicKeySize);
        }

        /// <summary>Sets the device's public key.</summary>
        public void SetDeviceKey(byte[] key, int offset)
        {
            Array.Copy(key, offset, ConfirmationInputs, DeviceKeyOffset, P256.PublicKeySize);
        }

        /// <summary>Sets the AuthValue.</summary>
        public void SetAuthValue(byte[] value)
        {
            Array.Copy(value, 0, SecretAndAuthValue, P256.SharedSecretSize, ValueSize);
        }

        /// <summary>Computes the ConfirmationKey. Everything above and the ECDHSecret must be there.</summary>
        public void DeriveConfirmationKey()
        {
            if (Algorithm == ProvisioningAlgorithm.Cmac)
            {
                KeyDerivation.S1(ConfirmationInputs, 0, InputsSize, ConfirmationSalt);
                KeyDerivation.K1(SecretAndAuthValue, 0, P256.SharedSecretSize, ConfirmationSalt, KeyDerivation.Ascii("prck"), 0, 4, ConfirmationKey);
            }
            else
            {
                KeyDerivation.S2(ConfirmationInputs, 0, InputsSize, ConfirmationSalt);
                KeyDerivation.K5(SecretAndAuthValue, 0, SecretAndAuthValue.Length, ConfirmationSalt, KeyDerivation.Ascii("prck256"), 0, 7, ConfirmationKey);
            }
        }

        /// <summary>Computes a Confirmation.</summary>
        /// <param name="random">Holds the Random of the side that confirms.</param>
        /// <param name="confirmation">Its first 16 or 32 octets receive the Confirmation.</param>
        public void Confirm(byte[] random, int offset, byte[] confirmation)
        {
            int size = ValueSize;
            Array.Copy(random, offset, _scratch, 0, size);

            if (Algorithm == ProvisioningAlgorithm.Cmac)
            {
                Array.Copy(SecretAndAuthValue, P256.SharedSecretSize, _scratch, size, size);
                AesCmac cmac = new AesCmac(ConfirmationKey, 0);
                cmac.Compute(_scratch, 0, 2 * size, confirmation);
                cmac.Clear();
            }
            else
            {
                HmacSha256 hmac = new HmacSha256(ConfirmationKey, 0, size);
                hmac.Compute(_scratch, 0, size, confirmation);
                hmac.Clear();
            }

            Array.Clear(_scratch, 0, _scratch.Length);
        }

        /// <summary>Computes session key, nonce and device key, and forgets the AuthValue and the ECDHSecret.</summary>
        public void DeriveSession(byte[] provisionerRandom, int offset, byte[] deviceRandom)
        {
            int size = ValueSize;
            Array.Copy(ConfirmationSalt, 0, _scratch, 0, size);
            Array.Copy(provisionerRandom, offset, _scratch, size, size);
            Array.Copy(deviceRandom, 0, _scratch, 2 * size, size);
            KeyDerivation.S1(_scratch, 0, 3 * size, _salt);

            Derive("prsn", _scratch);
            Array.Copy(_scratch, NonceInKey, SessionNonce, 0, AesCcm.NonceSize);
            Derive("prsk", SessionKey);
            Derive("prdk", DeviceKey);

            Array.Clear(_scratch, 0, _scratch.Length);
            Array.Clear(_salt, 0, _salt.Length);
            Array.Clear(SecretAndAuthValue, 0, SecretAndAuthValue.Length);
            Array.Clear(ConfirmationKey, 0, ConfirmationKey.Length);
        }

        /// <summary>Decrypts the provisioning data.</summary>
        /// <param name="data">Receives the 25 octets in clear.</param>
        /// <returns>Whether it is authentic.</returns>
        public bool Decrypt(byte[] secured, int offset, byte[] data)
        {
            AesCcm ccm = new AesCcm(SessionKey, 0);
            bool authentic = ccm.Decrypt(SessionNonce, null, 0, secured, offset, ProvisioningData.Size, data, 0, ProvisioningData.MicSize);
            ccm.Clear();

            return authentic;
        }

        /// <summary>Zeroes everything.</summary>
        public void Clear()
        {
            Array.Clear(ConfirmationInputs, 0, InputsSize);
            Array.Clear(SecretAndAuthValue, 0, SecretAndAuthValue.Length);
            Array.Clear(ConfirmationSalt, 0, ConfirmationSalt.Length);
            Array.Clear(ConfirmationKey, 0, ConfirmationKey.Length);
            Array.Clear(SessionKey, 0, KeySize);
            Array.Clear(SessionNonce, 0, AesCcm.NonceSize);
            Array.Clear(DeviceKey, 0, KeySize);
            Algorithm = ProvisioningAlgorithm.Cmac;
        }

        private void Derive(string p, byte[] result)
        {
            KeyDerivation.K1(SecretAndAuthValue, 0, P256.SharedSecretSize, _salt, KeyDerivation.Ascii(p), 0, p.Length, result);
        }
    }
}
