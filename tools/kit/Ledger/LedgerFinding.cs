namespace MeshNode.Kit.Ledger;

/// <summary>What was found when a ledger was opened.</summary>
public enum LedgerFinding
{
    /// <summary>Both copies were there and told the same.</summary>
    Whole,

    /// <summary>There was none: it is new and knows no network.</summary>
    New,

    /// <summary>One copy was older than the other, which happens when it is restored from a backup. Nothing is lost: of each entry the higher counts.</summary>
    Merged,

    /// <summary>One copy was missing or another ledger's: how old the remaining one is cannot be told. No network may be used until it is adopted.</summary>
    Lost,
}
