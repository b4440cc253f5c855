using System;

namespace MeshNode.Bearers
{
    /// <summary>
    /// The advertising data with which a node shows one of its GATT services: Flags, the service's UUID, its service data.
    /// See Mesh Protocol 1.1, sections 7.1.2.2 and 7.2.2.2.
    /// </summary>
    /// <remarks>Phones find the node by the list of service UUIDs, so it stands in the advert itself; a device name has no room there.</remarks>
    public static class ConnectableAdvertisement
    {
        /// <summary>Most octets of service data.</summary>
        public const int MaxServiceData = 20;

        // LE General Discoverable Mode, BR/EDR Not Supported.
        private const int FlagsValue = 0x06;
        private const int ServiceDataOffset = 7;

        /// <summary>Writes the advertising data.</summary>
        /// <param name="service">See <see cref="GattService"/>.</param>
        /// <param name="count">Octets of service data, at most 20.</param>
        /// <param name="data">Takes up to 31 octets.</param>
        /// <returns>Octets written.</returns>
        public static int Encode(int service, byte[] serviceData, int count, byte[] data)
        {
            data[0] = 2;
            data[1] = AdvertisingData.Flags;
            data[2] = FlagsValue;
            data[3] = 3;
            data[4] = AdvertisingData.CompleteServiceUuids16;
            data[5] = (byte)service;
            data[6] = (byte)(service >> 8);
            data[ServiceDataOffset] = (byte)(count + 3);
            data[ServiceDataOffset + 1] = AdvertisingData.ServiceData16;
            data[ServiceDataOffset + 2] = (byte)service;
            data[ServiceDataOffset + 3] = (byte)(service >> 8);
            Array.Copy(serviceData, 0, data, ServiceDataOffset + 4, count);

            return ServiceDataOffset + 4 + count;
        }
    }
}
