using System;

namespace MeshNode.Proxy
{
    /// <summary>Cuts a message into Proxy PDUs that fit a connection's ATT_MTU. See Mesh Protocol 1.1, section 6.3.</summary>
    public static class ProxySegmenter
    {
        private const int SarShift = 6;

        /// <summary>Writes the Proxy PDU that begins at a place of a message.</summary>
        /// <param name="type">Message type, see <see cref="ProxyPduType"/>.</param>
        /// <param name="position">Octets of the message that earlier Proxy PDUs have carried.</param>
        /// <param name="value">Takes the attribute value.</param>
        /// <param name="maxValue">Octets of the longest attribute value: ATT_MTU - 3, at least 2.</param>
        /// <returns>Octets written; one less than that is carried of the message.</returns>
        public static int Encode(int type, byte[] message, int length, int position, byte[] value, int maxValue)
        {
            int count = length - position;
            int sar = position == 0 ? ProxySar.Complete : ProxySar.Last;

            if (count >= maxValue)
            {
                count = maxValue - 1;
                sar = position == 0 ? ProxySar.First : ProxySar.Continuation;
            }

            value[0] = (byte)((sar << SarShift) | type);
            Array.Copy(message, position, value, 1, count);

            return count + 1;
        }
    }
}
