namespace MeshNode.Provisioning
{
    /// <summary>Why a PB-ADV link is closed. See Mesh Protocol 1.1, section 5.3.1.4.3.</summary>
    public static class LinkCloseReason
    {
        /// <summary>Provisioning has succeeded.</summary>
        public const int Success = 0x00;

        /// <summary>A transaction was not acknowledged in time, or nothing came.</summary>
        public const int Timeout = 0x01;

        /// <summary>Provisioning has failed.</summary>
        public const int Fail = 0x02;
    }
}
