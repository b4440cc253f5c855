using System;
using System.Reflection;

namespace MeshNode.Board.Memory;

/// <summary>
/// What .NET allocates for the call by which an application fetches a report: a desktop figure, which is subtracted from
/// <see cref="ManagedAccount.ApplicationOctets"/> to see what the application allocates of its own. The chip's is in <see cref="ManagedCost.RawReport"/>.
/// </summary>
public static class ReflectionCost
{
    private const int Calls = 1000;

    /// <summary>Octets of a call with a number, which answers with a truth value; both are boxed.</summary>
    public static long Measure()
    {
        MethodInfo method = typeof(ReflectionCost).GetMethod(nameof(IsEven), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = new object[1];
        long before = 0;

        for (int i = 0; i < 2 * Calls; i++)
        {
            before = i == Calls ? GC.GetAllocatedBytesForCurrentThread() : before;
            arguments[0] = i;
            _ = (bool)method.Invoke(null, arguments)!;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static bool IsEven(int number)
    {
        return number % 2 == 0;
    }
}
