namespace MeshNode.Provisioning
{
    /// <summary>The exchanges of the specification's sample data, sections 8.7 (CMAC) and 8.17.2 (HMAC-SHA256).</summary>
    internal static class Exchange
    {
        public const string DevicePrivate = "529aa0670d72cd6497502ed473502b037e8803b5c60829a5a3caa219505530ba";
        public const string DevicePublic = "f465e43ff23d3f1b9dc7dfc04da8758184dbc966204796eccf0d6cf5e16500cc0201d048bcbbd899eeefc424164e33c201c2b010ca6b4d43a8a155cad8ecb279";
        public const string ProvisionerPublic = "2c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4f";
        public const string Secret = "ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69";
        public const string DeviceRandom = "55a2a2bca04cd32ff6f346bd0a0c1a3a";
        public const string Uuid = "70cf7c9732a345b691494810d2e9cbf4";
        public const string Data = "efb2255e6422d330088e09bb015ed707056700010203040b0c";
        public const string InvitePdu = "0000";
        public const string CmacCapabilitiesPdu = "010100010000000000000000";
        public const string CmacStartPdu = "020000000000";
        public const string ProvisionerKeyPdu = "032c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4f";
        public const string DeviceKeyPdu = "03f465e43ff23d3f1b9dc7dfc04da8758184dbc966204796eccf0d6cf5e16500cc0201d048bcbbd899eeefc424164e33c201c2b010ca6b4d43a8a155cad8ecb279";
        public const string CmacProvisionerConfirmationPdu = "05b38a114dfdca1fe153bd2c1e0dc46ac2";
        public const string CmacDeviceConfirmationPdu = "05eeba521c196b52cc2e37aa40329f554e";
        public const string CmacProvisionerRandomPdu = "068b19ac31d58b124c946209b5db1021b9";
        public const string CmacDeviceRandomPdu = "0655a2a2bca04cd32ff6f346bd0a0c1a3a";
        public const string CmacDataPdu = "07d0bd7f4a89a2ff6222af59a90a60ad58acfe3123356f5cec2973e0ec50783b10c7";
        public const string CompletePdu = "08";
        public const string CmacDeviceKey = "0520adad5e0142aa3e325087b4ec16d8";
        public const string HmacCapabilitiesPdu = "010100030001000000000000";
        public const string HmacStartPdu = "020100010000";
        public const string HmacProvisionerConfirmationPdu = "05c99b54617ae646f5f32cf7e1ea6fcc49fd69066078eba9580fa6c7031833e6c8";
        public const string HmacDeviceConfirmationPdu = "0556e3722d291373d38c995d6f942c02928c96abb015c233557d7974b6e2df662b";
        public const string HmacProvisionerRandomPdu = "0636f968b94a13000e64b223576390db6bcc6d62f02617c369ee3f5b3e89df7e1f";
        public const string HmacDeviceRandomPdu = "065b9b1fc6a64b2de8bece53187ee989c6566db1fc7dc8580a73dafdd6211d56a5";
        public const string HmacDataPdu = "07f9df98cbb736be1f600659ac4c37821a82db31e410a03de7693a2a0428fbdaf321";
        public const string HmacDeviceKey = "2770852a737cf05d8813768f22af3a2d";
        public const string HmacRandom = "5b9b1fc6a64b2de8bece53187ee989c6566db1fc7dc8580a73dafdd6211d56a5";
        public const string HmacStatic = "906d73a3c7a7cb3ff730dca68a46b9c18d673f50e078202311473ebbe253669f";
    }
}
