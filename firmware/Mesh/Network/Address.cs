namespace MeshNode.Network
{
    /// <summary>Addresses. See Mesh Protocol 1.1, section 3.4.2.</summary>
    public static class Address
    {
        /// <summary>The unassigned address.</summary>
        public const int Unassigned = 0x0000;

        /// <summary>First address that is not unicast any more; 0x0001 to 0x7FFF are unicast.</summary>
        public const int FirstVirtual = 0x8000;

        /// <summary>First group address; 0x8000 to 0xBFFF are virtual.</summary>
        public const int FirstGroup = 0xC000;

        /// <summary>The all-proxies fixed group.</summary>
        public const int AllProxies = 0xFFFC;

        /// <summary>The all-friends fixed group.</summary>
        public const int AllFriends = 0xFFFD;

        /// <summary>The all-relays fixed group.</summary>
        public const int AllRelays = 0xFFFE;

        /// <summary>The all-nodes fixed group.</summary>
        public const int AllNodes = 0xFFFF;

        /// <summary>Whether an address names one element.</summary>
        public static bool IsUnicast(int address)
        {
            return address > Unassigned && address < FirstVirtual;
        }
    }
}
