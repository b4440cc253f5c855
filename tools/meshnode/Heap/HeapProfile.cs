namespace MeshNode.Tool.Heap;

/// <summary>The capacities that a node can be accounted with.</summary>
public enum HeapProfile
{
    /// <summary><see cref="StackProfile.Small"/>.</summary>
    Small,

    /// <summary><see cref="StackProfile"/> as it is.</summary>
    Default,

    /// <summary><see cref="StackProfile.Large"/>.</summary>
    Large,
}
