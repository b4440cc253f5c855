using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MeshNode.NanoVerify;

/// <summary>
/// What other assemblies see of an assembly: one line "type :: declaration" for every type and member that is public
/// or protected.
/// </summary>
public sealed class PublicSurface
{
    private readonly MetadataReader _reader;
    private readonly TypeNames _names;

    private PublicSurface(MetadataReader reader)
    {
        _reader = reader;
        _names = new TypeNames();
    }

    /// <summary>Reads an assembly's metadata; nothing of it is loaded or run.</summary>
    public static string[] Read(Stream assembly)
    {
        using PEReader pe = new(assembly);
        PublicSurface surface = new(pe.GetMetadataReader());

        return surface.Lines().ToArray();
    }

    /// <inheritdoc cref="Read(Stream)"/>
    public static string[] Read(string file)
    {
        using FileStream stream = File.OpenRead(file);

        return Read(stream);
    }

    /// <summary>
    /// The lines of <paramref name="surface"/> that <paramref name="library"/> does not have. A type of the surface may leave
    /// out base types and members, but everything that it declares has to be there, to the parameter's name.
    /// </summary>
    public static string[] Missing(IEnumerable<string> surface, IEnumerable<string> library)
    {
        HashSet<string> known = [];

        foreach (string line in library.Select(Normalize))
        {
            known.Add(line);
            known.UnionWith(Facts(line));
        }

        return surface.Where(line => !Facts(Normalize(line)).All(known.Contains)).ToArray();
    }

    // "X : A, B" states that X is an A and that it is a B; any other line is one fact.
    private static IEnumerable<string> Facts(string line)
    {
        int colon = line.IndexOf(" : ", StringComparison.Ordinal);

        if (colon < 0 || line.Contains(" enum ") || line.Contains('('))
        {
            return [line];
        }

        string type = line[..colon];

        return line[(colon + 3)..].Split(", ").Select(b => type + " : " + b).Append(type);
    }

    // How a member is implemented, and that its use is discouraged, does not matter to who compiles against it.
    private static string Normalize(string line)
    {
        return line.Replace(" extern ", " ").Replace(" [Obsolete]", "");
    }

    private IEnumerable<string> Lines()
    {
        foreach (TypeDefinition type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).Where(IsVisible))
        {
            string name = _names.Of(_reader, type);

            foreach (string member in Describe(type, name))
            {
                yield return name + " :: " + member;
            }
        }
    }

    private bool IsVisible(TypeDefinition type)
    {
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };
    }

    private IEnumerable<string> Describe(TypeDefinition type, string name)
    {
        string baseType = type.BaseType.IsNil ? "object" : _names.Of(_reader, type.BaseType);

        if (baseType == "System.Enum")
        {
            return DescribeEnum(type, name);
        }

        if (baseType == "System.MulticastDelegate")
        {
            MethodDefinition invoke = type.GetMethods().Select(_reader.GetMethodDefinition).Single(m => _reader.StringComparer.Equals(m.Name, "Invoke"));

            return [$"public delegate {Signature(invoke).ReturnType} {name}({Parameters(invoke)})"];
        }

        bool isInterface = (type.Attributes & TypeAttributes.Interface) != 0;

        return DescribeMembers(type, isInterface).Prepend(Header(type, name, baseType, isInterface));
    }

    private string Header(TypeDefinition type, string name, string baseType, bool isInterface)
    {
        bool isAbstract = (type.Attributes & TypeAttributes.Abstract) != 0;
        bool isSealed = (type.Attributes & TypeAttributes.Sealed) != 0;
        bool isStruct = baseType == "System.ValueType" && name != "System.Enum";

        string kind = isInterface ? "interface"
            : isStruct ? "struct"
            : isAbstract && isSealed ? "static class"
            : isAbstract ? "abstract class"
            : isSealed ? "sealed class"
            : "class";

        IEnumerable<string> bases = type.GetInterfaceImplementations()
            .Select(i => _names.Of(_reader, _reader.GetInterfaceImplementation(i).Interface));

        if (baseType is not ("object" or "System.ValueType"))
        {
            bases = bases.Prepend(baseType);
        }

        string list = string.Join(", ", bases);

        return $"public {kind} {name}" + (list == "" ? "" : " : " + list);
    }

    private IEnumerable<string> DescribeEnum(TypeDefinition type, string name)
    {
        string flags = HasAttribute(type.GetCustomAttributes(), "FlagsAttribute") ? "[Flags] " : "";
        FieldDefinition value = type.GetFields().Select(_reader.GetFieldDefinition).Single(f => (f.Attributes & FieldAttributes.Static) == 0);

        yield return $"{flags}public enum {name} : {value.DecodeSignature(_names, null)}";

        foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition).Where(f => (f.Attributes & FieldAttributes.Static) != 0))
        {
            object constant = Constant(field.GetDefaultValue())!;
            string hex = constant is ulong u ? u.ToString("X") : Convert.ToInt64(constant).ToString("X");

            yield return $"enum-value {_reader.GetString(field.Name)} = {constant} (0x{hex})";
        }
    }

    private IEnumerable<string> DescribeMembers(TypeDefinition type, bool isInterface)
    {
        HashSet<MethodDefinitionHandle> accessors = [];

        foreach (PropertyDefinition property in type.GetProperties().Select(_reader.GetPropertyDefinition))
        {
            PropertyAccessors both = property.GetAccessors();
            accessors.Add(both.Getter);
            accessors.Add(both.Setter);

            MethodDefinition[] visible = new[] { both.Getter, both.Setter }.Where(h => !h.IsNil).Select(_reader.GetMethodDefinition)
                .Where(m => Access(m) != null).ToArray();

            if (visible.Length == 0)
            {
                continue;
            }

            MethodSignature<string> signature = property.DecodeSignature(_names, null);
            string name = signature.ParameterTypes.Length == 0
                ? _reader.GetString(property.Name)
                : $"this[{Parameters(visible[0], signature.ParameterTypes.Length)}]";
            string get = visible.Any(m => IsNamed(m, "get_")) ? "get; " : "";
            string set = visible.Any(m => IsNamed(m, "set_")) ? "set; " : "";

            yield return $"{Modifiers(visible[0], isInterface)}{signature.ReturnType} {name} {{ {get}{set}}}";
        }

        foreach (EventDefinition @event in type.GetEvents().Select(_reader.GetEventDefinition))
        {
            EventAccessors both = @event.GetAccessors();
            accessors.Add(both.Adder);
            accessors.Add(both.Remover);
            MethodDefinition adder = _reader.GetMethodDefinition(both.Adder);

            if (Access(adder) != null)
            {
                yield return $"{Modifiers(adder, isInterface)}event {_names.Of(_reader, @event.Type)} {_reader.GetString(@event.Name)}";
            }
        }

        foreach (MethodDefinitionHandle handle in type.GetMethods().Where(h => !accessors.Contains(h)))
        {
            MethodDefinition method = _reader.GetMethodDefinition(handle);

            if (Access(method) != null)
            {
                yield return Describe(type, method, isInterface);
            }
        }

        foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            if (Access(field.Attributes) is string access)
            {
                string modifier = (field.Attributes & FieldAttributes.Literal) != 0 ? "const "
                    : ((field.Attributes & FieldAttributes.Static) != 0 ? "static " : "") + ((field.Attributes & FieldAttributes.InitOnly) != 0 ? "readonly " : "");
                string value = (field.Attributes & FieldAttributes.Literal) != 0 ? " = " + Literal(Constant(field.GetDefaultValue())) : "";

                yield return $"{access} {modifier}{field.DecodeSignature(_names, null)} {_reader.GetString(field.Name)}{value}";
            }
        }
    }

    private string Describe(TypeDefinition type, MethodDefinition method, bool isInterface)
    {
        string name = _reader.GetString(method.Name);

        if (name == ".ctor")
        {
            return $"{Access(method)} {_reader.GetString(type.Name)}({Parameters(method)})";
        }

        if (name == "Finalize")
        {
            return $"~{_reader.GetString(type.Name)}()";
        }

        string conditional = ConditionalSymbol(method) is string symbol ? $" [Conditional(\"{symbol}\")]" : "";
        name = name switch { "op_Implicit" => "implicit operator", "op_Explicit" => "explicit operator", _ => name };

        return $"{Modifiers(method, isInterface)}{Signature(method).ReturnType} {name}({Parameters(method)}){conditional}";
    }

    private string Modifiers(MethodDefinition method, bool isInterface)
    {
        MethodAttributes a = method.Attributes;
        bool isNew = (a & MethodAttributes.NewSlot) != 0;
        bool isFinal = (a & MethodAttributes.Final) != 0;

        string modifier = isInterface ? ""
            : (a & MethodAttributes.Static) != 0 ? "static "
            : (a & MethodAttributes.Virtual) == 0 || (isNew && isFinal) ? ""
            : (a & MethodAttributes.Abstract) != 0 ? "abstract "
            : isNew ? "virtual "
            : "override ";

        return $"{Access(method)} {modifier}";
    }

    private string Parameters(MethodDefinition method, int count = int.MaxValue)
    {
        ImmutableArray<string> types = Signature(method).ParameterTypes;
        Dictionary<int, Parameter> rows = method.GetParameters().Select(_reader.GetParameter).ToDictionary(p => (int)p.SequenceNumber);
        List<string> list = [];

        for (int i = 0; i < Math.Min(types.Length, count); i++)
        {
            Parameter row = rows[i + 1];
            string type = types[i];

            if (type.EndsWith('&'))
            {
                type = ((row.Attributes & ParameterAttributes.Out) != 0 ? "out " : (row.Attributes & ParameterAttributes.In) != 0 ? "in " : "ref ") + type[..^1];
            }

            string prefix = HasAttribute(row.GetCustomAttributes(), "ParamArrayAttribute") ? "params "
                : i == 0 && HasAttribute(method.GetCustomAttributes(), "ExtensionAttribute") ? "this "
                : "";
            string value = (row.Attributes & ParameterAttributes.HasDefault) != 0 ? " = " + Literal(Constant(row.GetDefaultValue())) : "";

            list.Add($"{prefix}{type} {_reader.GetString(row.Name)}{value}");
        }

        return string.Join(", ", list);
    }

    private MethodSignature<string> Signature(MethodDefinition method)
    {
        return method.DecodeSignature(_names, null);
    }

    private bool IsNamed(MethodDefinition method, string prefix)
    {
        return _reader.StringComparer.StartsWith(method.Name, prefix);
    }

    private static string? Access(MethodDefinition method)
    {
        return Access((FieldAttributes)(method.Attributes & MethodAttributes.MemberAccessMask));
    }

    private static string? Access(FieldAttributes attributes)
    {
        return (attributes & FieldAttributes.FieldAccessMask) switch
        {
            FieldAttributes.Public => "public",
            FieldAttributes.Family => "protected",
            FieldAttributes.FamORAssem => "protected internal",
            _ => null,
        };
    }

    private object? Constant(ConstantHandle handle)
    {
        Constant constant = _reader.GetConstant(handle);

        return _reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
    }

    private static string Literal(object? value)
    {
        return value switch
        {
            null => "null",
            string s => $"\"{s}\"",
            char c => $"'\\u{(int)c:x4}'",
            bool b => b ? "true" : "false",
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }

    private bool HasAttribute(CustomAttributeHandleCollection attributes, string name)
    {
        return attributes.Any(a => AttributeName(_reader.GetCustomAttribute(a)) == name);
    }

    private string? ConditionalSymbol(MethodDefinition method)
    {
        foreach (CustomAttribute attribute in method.GetCustomAttributes().Select(_reader.GetCustomAttribute))
        {
            if (AttributeName(attribute) == "ConditionalAttribute")
            {
                BlobReader blob = _reader.GetBlobReader(attribute.Value);
                blob.ReadUInt16();

                return blob.ReadSerializedString();
            }
        }

        return null;
    }

    private string AttributeName(CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind == HandleKind.MethodDefinition)
        {
            MethodDefinition constructor = _reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor);

            return _reader.GetString(_reader.GetTypeDefinition(constructor.GetDeclaringType()).Name);
        }

        MemberReference reference = _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor);

        return _reader.GetString(_reader.GetTypeReference((TypeReferenceHandle)reference.Parent).Name);
    }
}
