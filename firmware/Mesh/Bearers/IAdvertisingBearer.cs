namespace MeshNode.Bearers
{
    /// <summary>
    /// The advertising bearer as the stack uses it. See Mesh Protocol 1.1, section 3.3.1.
    /// </summary>
    /// <remarks>
    /// What stands behind it may be a stock Bluetooth stack that can hold one advert at a time, a native library with a
    /// queue of its own, or a simulated radio. It therefore tells how much it takes (<see cref="TransmitCredit"/>) and
    /// when it is done (<see cref="IAdvertisingBearerClient.OnSent"/>); order and priority are the stack's affair. Everything it takes it
    /// reports as sent once, also what it had to give up; a bearer that cannot transmit at all takes and reports at once.
    /// All calls come from the one thread that owns the stack.
    /// </remarks>
    public interface IAdvertisingBearer
    {
        /// <summary>How many more payloads <see cref="Send"/> takes at this moment; 0 until one has been sent.</summary>
        int TransmitCredit { get; }

        /// <summary>
        /// Sends one AD structure in non-connectable, non-scannable adverts. The payload is copied before the call returns.
        /// </summary>
        /// <param name="type">Type of the AD structure, see <see cref="AdvertisingData"/>.</param>
        /// <param name="transmissions">How often it is sent, 1 to 8.</param>
        /// <param name="interval">Milliseconds between two transmissions, 10 to 320; a bearer that cannot keep it comes as near as it can.</param>
        /// <param name="tag">Given back by <see cref="IAdvertisingBearerClient.OnSent"/> after the last transmission.</param>
        void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag);

        /// <summary>
        /// Sets which GATT service the node offers, and what is advertised connectably for it when nothing else is to be sent. The data is
        /// copied before the call returns. The services replace each other: never are both to be seen.
        /// </summary>
        /// <param name="service">See <see cref="GattService"/>.</param>
        /// <param name="data">Complete advertising data, at most 31 octets.</param>
        /// <param name="count">Octets of <paramref name="data"/>; 0 ends connectable advertising.</param>
        /// <param name="interval">Wanted milliseconds between two adverts.</param>
        void SetConnectable(int service, byte[] data, int count, int interval);
    }
}
