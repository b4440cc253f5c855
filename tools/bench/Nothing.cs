namespace MeshNode.Bench
{
    /// <summary>
    /// The cost of calling an operation, and the negative control of <see cref="AllocationProbe"/>.
    /// </summary>
    internal sealed class Nothing : Operation
    {
        public override string Name
        {
            get { return "nothing"; }
        }

        public override void Run()
        {
        }
    }
}
