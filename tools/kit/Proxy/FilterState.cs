namespace MeshNode.Kit.Proxy;

/// <summary>What is known of the proxy filter on this connection.</summary>
public enum FilterState
{
    /// <summary>Nothing: there is no connection, or nothing was asked for.</summary>
    Unknown,

    /// <summary>Filter Status is waited for.</summary>
    Requested,

    /// <summary>The server has the filter that was asked for.</summary>
    Verified,

    /// <summary>The server has another one.</summary>
    Incomplete,

    /// <summary>The server's accept list is too short: it has an empty reject list instead, and sends everything.</summary>
    FallenBack,
}
