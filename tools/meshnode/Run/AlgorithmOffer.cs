namespace MeshNode.Tool.Run;

/// <summary>Which provisioning algorithms are offered.</summary>
internal enum AlgorithmOffer
{
    /// <summary>BTM_ECDH_P256_HMAC_SHA256_AES_CCM: what a provisioner of Mesh Protocol 1.1 uses.</summary>
    Hmac,

    /// <summary>BTM_ECDH_P256_CMAC_AES128_AES_CCM: all that a provisioner of Mesh Profile 1.0.1 knows.</summary>
    Cmac,

    /// <summary>Both.</summary>
    Both,
}
