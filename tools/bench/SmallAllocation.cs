namespace MeshNode.Bench
{
    /// <summary>
    /// One object of the smallest size per run: the positive control of <see cref="AllocationProbe"/>.
    /// </summary>
    internal sealed class SmallAllocation : Operation
    {
        private static object s_object;

        public override string Name
        {
            get { return "small allocation"; }
        }

        public override void Run()
        {
            s_object = new object();
        }
    }
}
