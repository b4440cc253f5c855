#nullable enable
using System.Reflection;

namespace MeshNode.Boards;

/// <summary>Reaches private members by their names, as an application on the chip does.</summary>
internal static class Reflection
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    public static object? Call(object target, string method, params object[] arguments)
    {
        return target.GetType().GetMethod(method, Private)!.Invoke(target, arguments);
    }

    public static object? GetField(object target, string field)
    {
        return target.GetType().GetField(field, Private)!.GetValue(target);
    }

    public static void SetField(object target, string field, object value)
    {
        target.GetType().GetField(field, Private)!.SetValue(target, value);
    }
}
