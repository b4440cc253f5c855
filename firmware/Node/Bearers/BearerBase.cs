namespace MeshNode.Bearers
{
    /// <summary>What a node on a stock image is between other things: it cannot relay and be connectable at the same time.</summary>
    public enum BearerBase : byte
    {
        /// <summary>On the advertising bearer: it relays, and is connectable in windows only.</summary>
        Bare,

        /// <summary>Connectable: it leaves that to send what it has to send.</summary>
        Proxy,
    }
}
