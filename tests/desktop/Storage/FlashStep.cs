using MeshNode.Storage;

namespace MeshNode;

/// <summary>What is done with a flash.</summary>
internal enum FlashStepKind
{
    Write,
    Flush,
    Erase,
}

/// <summary>An operation on a flash, to be repeated on another with the same content.</summary>
internal sealed record FlashStep(FlashStepKind Kind, int Area, int Position, byte[] Octets)
{
    public bool Apply(IJournalMedium medium)
    {
        return Kind switch
        {
            FlashStepKind.Write => medium.Write(Area, Position, Octets, 0, Octets.Length),
            FlashStepKind.Flush => medium.Flush(Area),
            _ => medium.Erase(Area),
        };
    }
}
