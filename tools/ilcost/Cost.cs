namespace MeshNode.IlCost;

/// <summary>
/// What an operation executed.
/// </summary>
/// <param name="Instructions">IL instructions; an instruction with a two-octet code counts twice, as it does on nanoCLR.</param>
/// <param name="Allocations">Executed newobj, newarr, box and ldstr instructions; each takes heap on nanoCLR.</param>
public readonly record struct Cost(long Instructions, long Allocations)
{
    public static Cost operator +(Cost left, Cost right) =>
        new(left.Instructions + right.Instructions, left.Allocations + right.Allocations);

    public static Cost operator -(Cost left, Cost right) =>
        new(left.Instructions - right.Instructions, left.Allocations - right.Allocations);
}
