namespace MeshNode.Bearers
{
    /// <summary>
    /// The GATT bearer as the stack uses it: notifications go out, connections are closed. See Mesh Protocol 1.1,
    /// section 3.3.2. A connection is a small number from 0 on that the bearer gives and reuses.
    /// </summary>
    public interface IGattBearer
    {
        /// <summary>
        /// Notifies one client of Mesh Proxy (or Provisioning) Data Out. The value is copied before the call returns.
        /// </summary>
        /// <param name="count">At most ATT_MTU - 3 octets of that connection.</param>
        /// <returns><see langword="false"/> when the bearer has no room now: the same value is offered again after <see cref="IGattBearerClient.OnNotified"/> or at a later tick.</returns>
        bool Notify(int connection, byte[] value, int offset, int count);

        /// <summary>Closes a connection; <see cref="IGattBearerClient.OnDisconnected"/> follows.</summary>
        void Disconnect(int connection);
    }
}
