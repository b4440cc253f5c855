using System;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>What a provisioner computes, with the key pairs of the sample data and any choice of algorithm and AuthValue.</summary>
    internal sealed class ProvisionerSide
    {
        public const string CmacRandom = "8b19ac31d58b124c946209b5db1021b9";
        public const string HmacRandom = "36f968b94a13000e64b223576390db6bcc6d62f02617c369ee3f5b3e89df7e1f";

        public readonly ProvisioningKeys Keys = new ProvisioningKeys();

        private readonly byte[] _random;

        public ProvisionerSide(string capabilitiesPdu, string startPdu, string authValue)
        {
            Keys.SetInvite(Hex.Decode(Exchange.InvitePdu), 1);
            Keys.SetCapabilities(Hex.Decode(capabilitiesPdu), 1);
            byte[] start = Hex.Decode(startPdu);
            Keys.SetStart(start, 1);
            Keys.Algorithm = start[1];
            Keys.SetProvisionerKey(Hex.Decode(Exchange.ProvisionerPublic), 0);
            Keys.SetDeviceKey(Hex.Decode(Exchange.DevicePublic), 0);
            Array.Copy(Hex.Decode(Exchange.Secret), 0, Keys.SecretAndAuthValue, 0, 32);
            byte[] value = new byte[32];
            byte[] auth = Hex.Decode(authValue);
            Array.Copy(auth, 0, value, 0, auth.Length);
            Keys.SetAuthValue(value);
            Keys.DeriveConfirmationKey();
            _random = Hex.Decode(start[1] == 0 ? CmacRandom : HmacRandom);
        }

        public string Confirmation()
        {
            return "05" + Confirm(_random);
        }

        public string Random()
        {
            return "06" + Hex.Encode(_random);
        }

        /// <summary>Whether the device's Confirmation is of its Random and the AuthValue.</summary>
        public bool Confirms(string confirmationPdu, string randomPdu)
        {
            return confirmationPdu == "05" + Confirm(Hex.Decode(randomPdu.Substring(2)));
        }

        /// <summary>The Data PDU. The AuthValue is forgotten.</summary>
        public string Data(string data, string deviceRandomPdu)
        {
            Keys.DeriveSession(_random, 0, Hex.Decode(deviceRandomPdu.Substring(2)));
            byte[] secured = new byte[ProvisioningData.SecuredSize];
            new AesCcm(Keys.SessionKey, 0).Encrypt(Keys.SessionNonce, null, 0, Hex.Decode(data), 0, ProvisioningData.Size, secured, 0, ProvisioningData.MicSize);

            return "07" + Hex.Encode(secured);
        }

        private string Confirm(byte[] random)
        {
            byte[] confirmation = new byte[32];
            Keys.Confirm(random, 0, confirmation);

            return Hex.Encode(confirmation, 0, Keys.ValueSize);
        }
    }
}
