using System;

namespace MeshNode.Kit.Ledger;

/// <summary>The ledger refuses, because a SEQ or an address could be used twice.</summary>
public sealed class LedgerException : Exception
{
    public LedgerException(LedgerFailure failure, Exception? inner = null)
        : base(Text(failure), inner)
    {
        Failure = failure;
    }

    /// <summary>Why.</summary>
    public LedgerFailure Failure { get; }

    private static string Text(LedgerFailure failure)
    {
        return failure switch
        {
            LedgerFailure.UnknownNetwork => "This machine has never used this network: it needs unicast addresses of its own in it.",
            LedgerFailure.NotTrusted => "A copy of the ledger of sequence numbers was lost: this machine needs new unicast addresses in this network.",
            LedgerFailure.NoAddress => "No unicast address is left in the ranges of this machine.",
            _ => "The ledger of sequence numbers cannot be read or written.",
        };
    }
}
