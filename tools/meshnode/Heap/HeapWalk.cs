using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using MeshNode.Access;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Heap;

/// <summary>
/// Goes through the objects of a node, and counts each one once: with the part that comes to it first, in the order of the fields.
/// </summary>
/// <remarks>
/// Parts are what <see cref="Node"/> and <see cref="MeshStack"/> are made of, keys, models, the classes of the application, and a few more. Objects of
/// class libraries are not counted.
/// </remarks>
public sealed class HeapWalk
{
    private static readonly Assembly s_application = typeof(NodeApplication).Assembly;
    private static readonly Assembly[] s_libraries = [typeof(Crypto.Aes128).Assembly, typeof(Node).Assembly, typeof(Models.Foundation.HealthServer).Assembly];

    private static readonly HashSet<Type> s_parts =
    [
        typeof(Node), typeof(SegmentPool), typeof(NetworkKey), typeof(TransportKey), typeof(Composition), typeof(Publication),
        .. ObjectLayout.FieldsOf(typeof(Node)).Concat(ObjectLayout.FieldsOf(typeof(MeshStack))).Select(f => f.FieldType).Where(t => t.IsClass && !t.IsArray),
    ];

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<object> _waiting = [];
    private List<HeapPart> _parts = [];
    private bool _countsApplication;

    private HeapWalk()
    {
    }

    /// <summary>The objects that the node of an application reaches, and the other objects of the application.</summary>
    public static (IReadOnlyList<HeapPart> Node, IReadOnlyList<HeapPart> Application) Objects(NodeApplication application)
    {
        HeapWalk walk = new();
        walk.Run(application.Node);
        List<HeapPart> node = walk._parts;
        walk._parts = [];
        walk._countsApplication = true;
        walk.Run(application);

        return (node, walk._parts);
    }

    /// <summary>The objects that the static fields of the firmware refer to, which are there from the start.</summary>
    public static IReadOnlyList<HeapPart> Statics()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        HeapWalk walk = new();

        foreach (Type type in s_libraries.Append(s_application).SelectMany(a => a.GetTypes()).Where(t => IsFirmware(t) && t.GetFields(Static).Any(f => !f.IsLiteral)))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);

            foreach (FieldInfo field in type.GetFields(Static).Where(f => !f.IsLiteral && !f.FieldType.IsValueType))
            {
                walk.Count(type.Name, 0, field.GetValue(null));
            }
        }

        return walk._parts;
    }

    private void Run(object root)
    {
        _waiting.Enqueue(root);

        while (_waiting.TryDequeue(out object? part))
        {
            if (!_seen.Contains(part))
            {
                Count(NameOf(part.GetType()), 1, part);
            }
        }
    }

    private void Count(string name, int count, object? root)
    {
        int octets = 0;
        Stack<object?> open = new([root]);

        while (open.TryPop(out object? value))
        {
            if (value is null || !IsCounted(value.GetType()))
            {
                continue;
            }

            if (value != root && IsPart(value.GetType()))
            {
                _waiting.Enqueue(value);
            }
            else if (_seen.Add(value))
            {
                octets += ObjectLayout.SizeOf(value);

                foreach (object? reference in References(value).Reverse())
                {
                    open.Push(reference);
                }
            }
        }

        int index = _parts.FindIndex(p => p.Name == name);
        HeapPart part = index < 0 ? new HeapPart(name, 0, 0) : _parts[index];
        part = new HeapPart(name, part.Count + count, part.Octets + octets);

        if (index < 0)
        {
            _parts.Add(part);
        }
        else
        {
            _parts[index] = part;
        }
    }

    private static IEnumerable<object?> References(object value)
    {
        return value switch
        {
            string => [],
            Array array => array.GetType().GetElementType()!.IsValueType ? [] : array.Cast<object?>(),
            _ => ObjectLayout.FieldsOf(value.GetType()).Where(f => !f.FieldType.IsValueType).Select(f => f.GetValue(value)),
        };
    }

    private bool IsCounted(Type type)
    {
        return type.IsArray || type == typeof(string) || s_libraries.Contains(type.Assembly) || (_countsApplication && IsFirmware(type));
    }

    // The application's assembly has stand-ins for types of the system as well.
    private static bool IsFirmware(Type type)
    {
        return s_libraries.Contains(type.Assembly) || (type.Assembly == s_application && type.Namespace?.StartsWith(nameof(MeshNode), StringComparison.Ordinal) == true);
    }

    private static bool IsPart(Type type)
    {
        return s_parts.Contains(type) || type.IsSubclassOf(typeof(Model)) || (type.Assembly == s_application && IsFirmware(type));
    }

    // SubnetTable is "Subnet table".
    private static string NameOf(Type type)
    {
        return string.Concat(type.Name.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(type.Name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
    }
}
