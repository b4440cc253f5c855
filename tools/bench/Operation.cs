namespace MeshNode.Bench
{
    /// <summary>
    /// Something whose time and allocation are measured. To add one, derive from this and list it in
    /// <see cref="BenchmarkRun.CreateOperations"/>.
    /// </summary>
    public abstract class Operation
    {
        /// <summary>What the report and the tests call it.</summary>
        public abstract string Name { get; }

        /// <summary>Whether one run may take seconds on a device: then it is repeated no more than needed.</summary>
        public virtual bool IsLong
        {
            get { return false; }
        }

        /// <summary>Prepares; may allocate and is not measured.</summary>
        public virtual void Setup()
        {
        }

        /// <summary>The measured work; can be repeated any number of times.</summary>
        public abstract void Run();
    }
}
