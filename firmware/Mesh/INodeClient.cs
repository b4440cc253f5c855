namespace MeshNode
{
    /// <summary>The application of a node.</summary>
    public interface INodeClient
    {
        /// <summary>The node has left its network, and forgotten it: it can be provisioned again.</summary>
        void OnReset(long now);
    }
}
