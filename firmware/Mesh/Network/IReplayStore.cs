namespace MeshNode.Network
{
    /// <summary>Keeps a <see cref="ReplayProtectionList"/> in memory that outlasts a loss of power.</summary>
    public interface IReplayStore
    {
        /// <summary>
        /// A source has gone beyond what is kept of it: writes what <see cref="ReplayProtectionList.NextToKeep"/> finds, before the message is passed on.
        /// </summary>
        void OnBeyondKept();
    }
}
