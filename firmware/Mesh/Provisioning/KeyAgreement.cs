using System;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>
    /// The device's key pair and the secret that it shares with the provisioner. See Mesh Protocol 1.1, section 5.4.2.3.
    /// </summary>
    /// <remarks>
    /// Both take long. They are computed in slices, one with each <see cref="Step"/>, and the key pair is made before somebody asks for it. A key
    /// pair serves one session.
    /// </remarks>
    public sealed class KeyAgreement
    {
        /// <summary>Bits of a scalar that one slice deals with: some 26,000 interpreted instructions.</summary>
        public const int SliceBits = 4;

        // A random number that is no private key has a chance of 2^-32.
        private const int Draws = 4;

        /// <summary>The device's public key, from <see cref="KeyAgreementState.Ready"/> on.</summary>
        public readonly byte[] PublicKey = new byte[P256.PublicKeySize];

        private readonly IRandomSource _random;
        private readonly P256 _p256 = new P256();
        private readonly byte[] _privateKey = new byte[P256.PrivateKeySize];
        private KeyAgreementState _state;

        /// <param name="random">For private keys.</param>
        public KeyAgreement(IRandomSource random)
        {
            _random = random;
        }

        /// <summary>How far it is.</summary>
        public KeyAgreementState State
        {
            get { return _state; }
        }

        /// <summary>Whether <see cref="Step"/> has something to do.</summary>
        public bool IsComputing
        {
            get { return _state == KeyAgreementState.MakingKeyPair || _state == KeyAgreementState.MakingSecret; }
        }

        /// <summary>Begins to make a key pair, if there is none.</summary>
        /// <returns><see langword="false"/> when the random numbers are of no use.</returns>
        public bool Prepare()
        {
            if (_state != KeyAgreementState.Empty)
            {
                return true;
            }

            for (int i = 0; i < Draws; i++)
            {
                _random.Fill(_privateKey, 0, P256.PrivateKeySize);

                if (P256.IsValidPrivateKey(_privateKey, 0))
                {
                    _p256.StartKeyPair(_privateKey, 0);
                    _state = KeyAgreementState.MakingKeyPair;

                    return true;
                }
            }

            return false;
        }

        /// <summary>Takes a key pair that the provisioner knows the public key of. The octets are copied.</summary>
        public void Take(byte[] privateKey, byte[] publicKey)
        {
            _p256.Clear();
            Array.Copy(privateKey, 0, _privateKey, 0, P256.PrivateKeySize);
            Array.Copy(publicKey, 0, PublicKey, 0, P256.PublicKeySize);
            _state = KeyAgreementState.Ready;
        }

        /// <summary>Begins to compute the shared secret. The key pair must be ready.</summary>
        /// <param name="peerKey">The provisioner's public key, 64 octets. Not kept.</param>
        /// <returns><see langword="false"/>, and nothing is changed, when it is no public key, or the device's own.</returns>
        public bool Start(byte[] peerKey, int offset)
        {
            if (ConstantTime.Equal(peerKey, offset, PublicKey, 0, P256.PublicKeySize)
                || !_p256.StartSharedSecret(_privateKey, 0, peerKey, offset))
            {
                return false;
            }

            Array.Clear(_privateKey, 0, P256.PrivateKeySize);
            _state = KeyAgreementState.MakingSecret;

            return true;
        }

        /// <summary>Computes one slice.</summary>
        /// <returns>Whether it was the last one.</returns>
        public bool Step()
        {
            if (!IsComputing || !_p256.Step(SliceBits))
            {
                return false;
            }

            if (_state == KeyAgreementState.MakingKeyPair)
            {
                _p256.GetPublicKey(PublicKey, 0);
                _state = KeyAgreementState.Ready;
            }
            else
            {
                _state = KeyAgreementState.Agreed;
            }

            return true;
        }

        /// <summary>Hands the shared secret over and forgets it.</summary>
        public void GetSecret(byte[] secret, int offset)
        {
            _p256.GetSharedSecret(secret, offset);
            Clear();
        }

        /// <summary>Zeroes everything.</summary>
        public void Clear()
        {
            _p256.Clear();
            Array.Clear(_privateKey, 0, P256.PrivateKeySize);
            Array.Clear(PublicKey, 0, P256.PublicKeySize);
            _state = KeyAgreementState.Empty;
        }
    }
}
