namespace MeshNode.Access
{
    /// <summary>
    /// A model with states that outlast a loss of power. See Mesh Model 1.1, section 3.3.4.2.
    /// </summary>
    /// <remarks>
    /// The model calls <see cref="Model.KeepState"/> when the states have changed. They are given back before the node runs; then comes
    /// <see cref="Model.OnPoweredUp"/>.
    /// </remarks>
    public interface IKeptState
    {
        /// <summary>Writes the states.</summary>
        /// <param name="destination">Takes at most 16 octets.</param>
        /// <returns>Octets written, always the same number; 0 when another model keeps what this one shows.</returns>
        int EncodeKept(byte[] destination, int offset);

        /// <summary>Takes the states back.</summary>
        /// <returns><see langword="false"/> when they cannot be this model's; nothing is changed then.</returns>
        bool DecodeKept(byte[] source, int offset, int count);
    }
}
