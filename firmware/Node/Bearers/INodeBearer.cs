namespace MeshNode.Bearers
{
    /// <summary>
    /// Both bearers of a node as the application uses them: the seam where a native bearer library, of an image that has one, takes the place of
    /// the stock library.
    /// </summary>
    /// <remarks>All members are called by the thread that owns the stack. No member waits.</remarks>
    public interface INodeBearer : IAdvertisingBearer, IGattBearer
    {
        /// <summary>Name of what stands behind it and of its version, for the log.</summary>
        string Name { get; }

        /// <summary>What it is doing, for the log.</summary>
        string State { get; }

        /// <summary>Whether a client is connected.</summary>
        bool HasClient { get; }

        /// <summary>Whether nobody would miss it for a second.</summary>
        bool IsIdle { get; }

        /// <summary>Whether only a restart of the chip helps.</summary>
        bool IsWornOut { get; }

        /// <summary>What it has counted, for the log.</summary>
        string Counters { get; }

        /// <summary>Begins to hear.</summary>
        /// <param name="stack">Is told.</param>
        void Start(MeshStack stack, long now);

        /// <summary>Tells the stack some of what has come in.</summary>
        /// <returns>Whether there is more.</returns>
        bool Deliver(long now);

        /// <summary>Does what time brings.</summary>
        /// <returns>When to call again at the latest.</returns>
        long Tick(long now);

        /// <summary>Is connectable for some time, if the stack wants that.</summary>
        void OpenWindow(int milliseconds, long now);
    }
}
