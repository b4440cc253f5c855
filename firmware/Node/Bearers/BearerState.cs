namespace MeshNode.Bearers
{
    /// <summary>State of a <see cref="StockBearer"/>.</summary>
    internal enum BearerState : byte
    {
        /// <summary>No service tables: sends on the advertising bearer, is not connectable.</summary>
        Bare,

        /// <summary>Connectable, nobody is connected: sends nothing.</summary>
        ProxyIdle,

        /// <summary>A client is connected: sends slowly.</summary>
        ProxyConnected,

        /// <summary>The scan is off, and the stack is about to be stopped and started.</summary>
        Leaving,
    }
}
