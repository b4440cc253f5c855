using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace MeshNode.Tool.Heap;

/// <summary>
/// What objects take of the managed heap of a 32-bit nanoCLR. The heap is made of blocks of 12 octets, and every field has one to itself,
/// whatever its type.
/// </summary>
public static class ObjectLayout
{
    /// <summary>Octets of a block.</summary>
    public const int Block = 12;

    private const int ArrayHeader = 20;

    /// <summary>Octets of one object, without what it refers to.</summary>
    public static int SizeOf(object value)
    {
        return value switch
        {
            string text => RoundUp(Block + Encoding.UTF8.GetByteCount(text) + 1),
            Array array => RoundUp(ArrayHeader + (array.Length * ElementSize(array.GetType().GetElementType()!))),
            _ => Block * (1 + FieldCount(value.GetType())),
        };
    }

    /// <summary>The instance fields of a type and of those that it derives from.</summary>
    public static FieldInfo[] FieldsOf(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        FieldInfo[] own = type.GetFields(Declared);

        return type.BaseType is null ? own : [.. FieldsOf(type.BaseType), .. own];
    }

    /// <summary>The next multiple of a block.</summary>
    public static int RoundUp(int octets)
    {
        return (octets + Block - 1) / Block * Block;
    }

    private static int FieldCount(Type type)
    {
        return FieldsOf(type).Length;
    }

    private static int ElementSize(Type type)
    {
        return type.IsEnum ? ElementSize(Enum.GetUnderlyingType(type))
            : type == typeof(bool) ? 1
            : type.IsPrimitive ? Marshal.SizeOf(type)
            : Block;
    }
}
