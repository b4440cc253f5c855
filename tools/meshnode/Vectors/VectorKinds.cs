using System;
using System.Collections.Generic;

namespace MeshNode.Tool.Vectors;

/// <summary>Which part of the firmware the vectors of a kind are given to.</summary>
internal static class VectorKinds
{
    /// <summary>Vectors that are computed from <c>in</c> and compared with <c>out</c>.</summary>
    public static readonly Dictionary<string, Action<VectorObject, VectorComparison>> Computed = new()
    {
        ["aes128_ecb"] = PrimitiveVectors.Aes128Ecb,
        ["aes_cmac"] = PrimitiveVectors.AesCmacMac,
        ["aes_ccm"] = PrimitiveVectors.AesCcmSeal,
        ["sha256"] = PrimitiveVectors.Sha256Digest,
        ["hmac_sha256"] = PrimitiveVectors.HmacSha256Mac,
        ["p256_keypair"] = PrimitiveVectors.P256KeyPair,
        ["p256_ecdh"] = PrimitiveVectors.P256Ecdh,
        ["p256_point"] = PrimitiveVectors.P256Point,
        ["s1"] = DerivationVectors.S1,
        ["s2"] = DerivationVectors.S2,
        ["k1"] = DerivationVectors.K1,
        ["k2"] = DerivationVectors.K2,
        ["k2_friend_p"] = DerivationVectors.K2FriendP,
        ["k3"] = DerivationVectors.K3,
        ["k4"] = DerivationVectors.K4,
        ["k5"] = DerivationVectors.K5,
        ["net_key"] = DerivationVectors.NetKey,
        ["app_key"] = DerivationVectors.AppKey,
        ["virtual_address"] = DerivationVectors.VirtualAddress,
        ["nonce"] = DerivationVectors.NonceOctets,
        ["obfuscate"] = NetworkVectors.Obfuscate,
        ["network_pdu"] = NetworkVectors.NetworkPdu,
        ["message"] = MessageVectors.Message,
        ["upper_access"] = MessageVectors.UpperAccess,
        ["secure_network_beacon"] = BeaconVectors.SecureNetwork,
        ["private_beacon"] = BeaconVectors.Private,
        ["unprovisioned_beacon"] = BeaconVectors.Unprovisioned,
        ["adv_network_id"] = AdvertVectors.NetworkId,
        ["adv_node_identity"] = AdvertVectors.NodeIdentity,
        ["adv_private_network_identity"] = AdvertVectors.PrivateNetworkIdentity,
        ["adv_private_node_identity"] = AdvertVectors.PrivateNodeIdentity,
        ["adv_provisioning"] = AdvertVectors.Provisioning,
        ["proxy_config"] = ProxyVectors.Configuration,
        ["proxy_sar"] = ProxyVectors.Segmentation,
        ["solicitation"] = ProxyVectors.Solicitation,
        ["prov_exchange"] = ProvisioningVectors.Exchange,
        ["prov_pdu"] = ProvisioningVectors.Pdu,
        ["auth_value"] = ProvisioningVectors.AuthValueOctets,
        ["generic_prov"] = ProvisioningVectors.Segments,
        ["bearer_control"] = ProvisioningVectors.BearerControl,
        ["access_message"] = AccessMessageVectors.Message,
        ["composition_page0"] = FoundationVectors.CompositionPage,
        ["control_message"] = ControlMessageVectors.Message,
        ["key_indexes"] = FoundationVectors.KeyIndexOctets,
        ["opcode"] = FoundationVectors.OpcodeOctets,
        ["scalar"] = FoundationVectors.Scalar,
    };

    /// <summary>Vectors whose PDUs are received: tells whether the firmware accepts them, and in its own words why.</summary>
    public static readonly Dictionary<string, Func<VectorObject, (bool Accepted, string Verdict)>> Received = new()
    {
        ["network_pdu"] = ReceiveVectors.NetworkPdu,
        ["mesh_message"] = ReceiveVectors.MeshMessage,
        ["beacon"] = ReceiveVectors.Beacon,
        ["proxy_config"] = ReceiveVectors.ProxyConfiguration,
        ["proxy_pdu"] = ReceiveVectors.ProxyPdu,
        ["provisioning_pdu"] = ProvisioningVectors.ReceivedPdu,
        ["generic_provisioning"] = ProvisioningVectors.ReceivedSegments,
    };

    /// <summary>Why vectors of a kind that is in neither table are skipped.</summary>
    public static string ReasonToSkip(string kind)
    {
        return $"unknown kind {kind}";
    }
}
