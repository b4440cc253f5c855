namespace MeshNode.Beacons
{
    /// <summary>What became of a received mesh beacon, and the index of its counter in <see cref="BeaconLayer.Count"/>.</summary>
    public enum BeaconVerdict : byte
    {
        /// <summary>Authenticated; <see cref="BeaconLayer.LastIvIndexVerdict"/> tells what it meant for the IV Index.</summary>
        Accepted,

        /// <summary>The beacon that was authenticated last, once more; counted for the beacon interval and weighed again without cryptography.</summary>
        Repeated,

        /// <summary>A well-formed Unprovisioned Device beacon, which is for provisioners.</summary>
        UnprovisionedDevice,

        /// <summary>Empty, or not of its type's length.</summary>
        Length,

        /// <summary>No beacon type of this specification.</summary>
        UnknownType,

        /// <summary>The Network ID is of no key of this node.</summary>
        UnknownNetworkId,

        /// <summary>The Authentication Value or Authentication Tag is wrong under every key.</summary>
        Authentication,

        /// <summary>Secured with the old key in Key Refresh Phase 2.</summary>
        OldKey,
    }
}
