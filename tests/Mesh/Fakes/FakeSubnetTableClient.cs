using MeshNode.Network;

namespace MeshNode.Fakes
{
    /// <summary>Counts what a subnet table tells.</summary>
    internal sealed class FakeSubnetTableClient : ISubnetTableClient
    {
        public int Changes;
        public Subnet LastChanged;
        public int Removals;
        public Subnet LastRemoved;

        public void OnSubnetChanged(Subnet subnet)
        {
            Changes++;
            LastChanged = subnet;
        }

        public void OnSubnetRemoved(Subnet subnet)
        {
            Removals++;
            LastRemoved = subnet;
        }
    }
}
