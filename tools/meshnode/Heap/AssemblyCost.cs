using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MeshNode.Tool.Heap;

/// <summary>
/// What an assembly takes of the heap of a 32-bit nanoCLR while it is loaded: tables with an entry for each type, method, field and reference.
/// Code and names stay in flash.
/// </summary>
/// <remarks>
/// Counted as the metadata processor leaves them: without constants, and without what only attributes refer to. As in images of the
/// nanoFramework project, which have the debugger: an octet more for each method.
/// </remarks>
public sealed record AssemblyCost(string Name, int Types, int Methods, int Fields, int StaticFields, int References)
{
    private const int AssemblySize = 136;
    private const int TypeSize = 8;
    private const int MethodSize = 2;
    private const int DebuggingSize = 1;
    private const int FieldSize = 2;
    private const int ReferenceSize = 4;

    /// <summary>Octets of heap.</summary>
    public int Octets => ObjectLayout.RoundUp(
        AssemblySize + (TypeSize * Types) + RoundUp(MethodSize * Methods) + RoundUp(DebuggingSize * Methods) + RoundUp(FieldSize * Fields)
        + (ObjectLayout.Block * StaticFields) + (ReferenceSize * References));

    /// <summary>Counts what a build for netnano1.0 holds.</summary>
    public static AssemblyCost Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        FieldDefinition[] fields = [.. metadata.FieldDefinitions.Select(metadata.GetFieldDefinition).Where(f => !f.Attributes.HasFlag(FieldAttributes.Literal))];
        IEnumerable<TypeReference> types = metadata.TypeReferences.Select(metadata.GetTypeReference).Where(t => !IsAttribute(metadata, t));
        IEnumerable<MemberReference> members = metadata.MemberReferences.Select(metadata.GetMemberReference).Where(m => !IsAttribute(metadata, m));

        return new AssemblyCost(
            Path.GetFileNameWithoutExtension(path),
            metadata.TypeDefinitions.Count - 1,
            metadata.MethodDefinitions.Count,
            fields.Length,
            fields.Count(f => f.Attributes.HasFlag(FieldAttributes.Static)),
            metadata.AssemblyReferences.Count + types.Count() + members.Count());
    }

    private static bool IsAttribute(MetadataReader metadata, MemberReference member)
    {
        return member.Parent.Kind == HandleKind.TypeReference && IsAttribute(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent));
    }

    private static bool IsAttribute(MetadataReader metadata, TypeReference type)
    {
        return metadata.GetString(type.Name).EndsWith("Attribute", StringComparison.Ordinal);
    }

    private static int RoundUp(int octets)
    {
        return (octets + 3) / 4 * 4;
    }
}
