namespace MeshNode.Kit.Ledger;

/// <summary>Why a ledger refuses.</summary>
public enum LedgerFailure
{
    /// <summary>It has never had the network: its database comes from another machine.</summary>
    UnknownNetwork,

    /// <summary>A copy of the ledger was lost, so what was used in the network is not known for certain.</summary>
    NotTrusted,

    /// <summary>No unicast address is left in the ranges of this machine.</summary>
    NoAddress,

    /// <summary>The ledger's files cannot be used.</summary>
    Storage,
}
