namespace MeshNode.Provisioning
{
    /// <summary>How far <see cref="KeyAgreement"/> is.</summary>
    public enum KeyAgreementState : byte
    {
        /// <summary>There is no key pair.</summary>
        Empty,

        /// <summary>The key pair is computed.</summary>
        MakingKeyPair,

        /// <summary>There is a key pair.</summary>
        Ready,

        /// <summary>The shared secret is computed.</summary>
        MakingSecret,

        /// <summary>There is a shared secret.</summary>
        Agreed,
    }
}
