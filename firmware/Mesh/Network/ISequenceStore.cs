namespace MeshNode.Network
{
    /// <summary>Reserves sequence numbers in memory that outlasts a loss of power.</summary>
    public interface ISequenceStore
    {
        /// <summary>Reserves more: raises <see cref="SequenceNumber.Limit"/>, once that is written. It may leave some out, see <see cref="SequenceNumber.Restore"/>.</summary>
        /// <returns><see langword="false"/> when it cannot be written now.</returns>
        bool Reserve();
    }
}
