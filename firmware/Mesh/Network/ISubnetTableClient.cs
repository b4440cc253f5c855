namespace MeshNode.Network
{
    /// <summary>Is told when subnets come, go, or change their keys.</summary>
    public interface ISubnetTableClient
    {
        /// <summary>A subnet was added or its Key Refresh Phase has changed.</summary>
        void OnSubnetChanged(Subnet subnet);

        /// <summary>A subnet was removed; its keys are zeroed.</summary>
        void OnSubnetRemoved(Subnet subnet);
    }
}
