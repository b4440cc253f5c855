namespace MeshNode.Kit.Client;

/// <summary>What a key refresh asks of a node.</summary>
public enum KeyRefreshStep
{
    /// <summary>To take a new key.</summary>
    NewKeys,

    /// <summary>To send with the new keys.</summary>
    SecondPhase,

    /// <summary>To forget the old keys.</summary>
    OldKeysRevoked,
}
