namespace MeshNode.Proxy
{
    /// <summary>Opcodes and formats of proxy configuration messages. See Mesh Protocol 1.1, section 6.</summary>
    public static class ProxyConfigurationMessage
    {
        /// <summary>Set Filter Type.</summary>
        public const int SetFilterType = 0x00;

        /// <summary>Add Addresses To Filter.</summary>
        public const int AddAddresses = 0x01;

        /// <summary>Remove Addresses From Filter.</summary>
        public const int RemoveAddresses = 0x02;

        /// <summary>Filter Status.</summary>
        public const int FilterStatus = 0x03;

        /// <summary>Directed Proxy Capabilities Status.</summary>
        public const int DirectedProxyCapabilitiesStatus = 0x04;

        /// <summary>Directed Proxy Control.</summary>
        public const int DirectedProxyControl = 0x05;

        /// <summary>Octets of Filter Status.</summary>
        public const int FilterStatusLength = 4;

        private const int AddressSize = 2;

        /// <summary>Looks at opcode, length and prohibited values.</summary>
        /// <param name="message">Opcode and parameters: the TransportPDU of the message.</param>
        public static ProxyVerdict Validate(byte[] message, int offset, int count)
        {
            if (count < 1)
            {
                return ProxyVerdict.Parameters;
            }

            int parameters = count - 1;
            bool valid;

            switch (message[offset])
            {
                case SetFilterType:
                    valid = parameters == 1 && message[offset + 1] <= ProxyFilter.RejectList;
                    break;

                case AddAddresses:
                case RemoveAddresses:
                    valid = parameters % AddressSize == 0;
                    break;

                case FilterStatus:
                    valid = parameters == FilterStatusLength - 1 && message[offset + 1] <= ProxyFilter.RejectList;
                    break;

                case DirectedProxyCapabilitiesStatus:
                    valid = parameters == 2;
                    break;

                case DirectedProxyControl:
                    // Not looked into: nobody here takes it.
                    valid = true;
                    break;

                default:
                    return ProxyVerdict.Opcode;
            }

            return valid ? ProxyVerdict.Accepted : ProxyVerdict.Parameters;
        }

        /// <summary>Writes Filter Status.</summary>
        /// <param name="message">Takes <see cref="FilterStatusLength"/> octets.</param>
        /// <returns><see cref="FilterStatusLength"/>.</returns>
        public static int EncodeFilterStatus(int filterType, int listSize, byte[] message)
        {
            message[0] = FilterStatus;
            message[1] = (byte)filterType;
            BigEndian.WriteUInt16(message, 2, listSize);

            return FilterStatusLength;
        }
    }
}
