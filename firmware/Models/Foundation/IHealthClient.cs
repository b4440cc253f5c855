namespace MeshNode.Models.Foundation
{
    /// <summary>What a <see cref="HealthServer"/> asks of the application.</summary>
    public interface IHealthClient
    {
        /// <summary>The element shall draw attention to itself, or stop it. See Mesh Protocol 1.1, section 4.2.10.</summary>
        /// <param name="seconds">How long; 0 to stop, also when the time is over.</param>
        void OnAttention(int seconds, long now);

        /// <summary>Runs a self-test, which tells what it finds by <see cref="HealthServer.SetFault"/> and <see cref="HealthServer.ClearFault"/>, now or later.</summary>
        /// <param name="testId">0 for the standard test; others are the maker's.</param>
        /// <returns><see langword="false"/> when there is no such test: the message is ignored.</returns>
        bool RunTest(int testId, long now);
    }
}
