using System;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>Random octets as the provisioning device role draws them: private key, Random, number, delay or letter.</summary>
    internal sealed class ProvisioningRandom : IRandomSource
    {
        public byte[] PrivateKey = Hex.Decode(Exchange.DevicePrivate);
        public byte[] Random = Hex.Decode(Exchange.DeviceRandom);
        public byte[] Number = new byte[4];

        /// <summary>Single octets: delays, and letters of an output OOB value.</summary>
        public byte Octet;

        /// <summary>Private keys that were drawn.</summary>
        public int PrivateKeys;

        private bool _randomIsNext;

        public void Fill(byte[] buffer, int offset, int count)
        {
            switch (count)
            {
                case 1:
                    buffer[offset] = Octet;
                    break;

                case 4:
                    Array.Copy(Number, 0, buffer, offset, 4);
                    break;

                default:
                    bool isRandom = count == 16 || (_randomIsNext && Random.Length == count);
                    Array.Copy(isRandom ? Random : PrivateKey, 0, buffer, offset, count);
                    PrivateKeys += isRandom ? 0 : 1;
                    _randomIsNext = !isRandom;
                    break;
            }
        }
    }
}
