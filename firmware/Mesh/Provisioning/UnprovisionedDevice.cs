using System;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Provisioning
{
    /// <summary>
    /// Makes a device that belongs to no network known to provisioners: Unprovisioned Device beacons, its URI, and the
    /// connectable advert of the Mesh Provisioning Service. See Mesh Protocol 1.1, sections 3.10.2 and 7.1.2.2.
    /// </summary>
    public sealed class UnprovisionedDevice
    {
        /// <summary>Milliseconds between two beacons.</summary>
        public const int BeaconInterval = 5000;

        private readonly AdvertisingTransmitter _transmitter;
        private readonly IAdvertisingBearer _bearer;
        private readonly byte[] _uuid;
        private readonly byte[] _uriData;
        private readonly byte[] _beacon = new byte[UnprovisionedDeviceBeacon.LengthWithUriHash];
        private readonly int _beaconLength;
        private readonly int _oobInformation;
        private bool _started;
        private bool _suspended;
        private long _due;

        /// <param name="uuid">Device UUID, 16 octets. Kept.</param>
        /// <param name="oobInformation">OOB Information, 16 bits.</param>
        /// <param name="uriData">URI as in its AD structure, at most 29 octets, which is kept, or <see langword="null"/>.</param>
        public UnprovisionedDevice(
            AdvertisingTransmitter transmitter,
            byte[] uuid,
            int oobInformation,
            byte[] uriData)
        {
            if (uuid.Length != UnprovisionedDeviceBeacon.UuidSize || (uriData != null && uriData.Length > AdvertisingData.MaxPayload))
            {
                throw new ArgumentException();
            }

            _transmitter = transmitter;
            _bearer = transmitter.Bearer;
            _uuid = uuid;
            _oobInformation = oobInformation;
            _uriData = uriData;
            byte[] uriHash = uriData == null ? null : UnprovisionedDeviceBeacon.UriHash(uriData);
            _beaconLength = UnprovisionedDeviceBeacon.Encode(uuid, oobInformation, uriHash, _beacon);
        }

        /// <summary>Begins to make the device known.</summary>
        public void Start(long now)
        {
            _suspended = false;
            _started = true;
            _due = now;
            Show();
        }

        /// <summary>A provisioner has found it: nothing is sent until <see cref="Resume"/>.</summary>
        public void Suspend()
        {
            if (_started && !_suspended)
            {
                _suspended = true;
                _bearer.SetConnectable(GattService.Provisioning, _beacon, 0, ProxyAdvertiser.IdentityInterval);
            }
        }

        /// <summary>The provisioner has gone.</summary>
        public void Resume(long now)
        {
            if (_suspended)
            {
                _suspended = false;
                _due = now;
                Show();
            }
        }

        /// <summary>The device has joined a network: the Mesh Provisioning Service is not visible any more.</summary>
        public void Stop()
        {
            if (_started && !_suspended)
            {
                _bearer.SetConnectable(GattService.Provisioning, _beacon, 0, ProxyAdvertiser.IdentityInterval);
            }

            _started = false;
            _suspended = false;
        }

        /// <summary>Sends the beacon that is due.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (!_started || _suspended)
            {
                return long.MaxValue;
            }

            if (now >= _due)
            {
                _transmitter.SendOwn(AdvertisingData.MeshBeacon, _beacon, 0, _beaconLength, TransmitState.ThreeTimes, Address.Unassigned, 0);

                if (_uriData != null)
                {
                    _transmitter.SendOwn(AdvertisingData.Uri, _uriData, 0, _uriData.Length, TransmitState.ThreeTimes, Address.Unassigned, 0);
                }

                _due = now + BeaconInterval;
            }

            return _due;
        }

        private void Show()
        {
            byte[] serviceData = new byte[ProxyServiceData.ProvisioningLength];
            byte[] data = new byte[AdvertisingData.MaxLength];
            int count = ProxyServiceData.EncodeProvisioning(_uuid, _oobInformation, serviceData);
            count = ConnectableAdvertisement.Encode(GattService.Provisioning, serviceData, count, data);
            _bearer.SetConnectable(GattService.Provisioning, data, count, ProxyAdvertiser.IdentityInterval);
        }
    }
}
