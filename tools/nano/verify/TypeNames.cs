using System;
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MeshNode.NanoVerify;

/// <summary>Types by their full names, those with a C# keyword by the keyword.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    public string Of(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);

        return type.IsNested
            ? Of(reader, reader.GetTypeDefinition(type.GetDeclaringType())) + "." + name
            : Keyword(reader.GetString(type.Namespace), name);
    }

    public string Of(MetadataReader reader, EntityHandle type)
    {
        return type.Kind switch
        {
            HandleKind.TypeDefinition => Of(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type)),
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)type, 0),
            _ => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)type, 0),
        };
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        return Of(reader, reader.GetTypeDefinition(handle));
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);

        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "." + name
            : Keyword(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        return reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => Keyword("System", typeCode.ToString());
    public string GetSZArrayType(string elementType) => elementType + "[]";
    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";
    public string GetByReferenceType(string elementType) => elementType + "&";
    public string GetPointerType(string elementType) => elementType + "*";
    public string GetPinnedType(string elementType) => elementType;
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
    public string GetFunctionPointerType(MethodSignature<string> signature) => "delegate*";
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(", ", typeArguments)}>";
    public string GetGenericMethodParameter(object? genericContext, int index) => "!!" + index;
    public string GetGenericTypeParameter(object? genericContext, int index) => "!" + index;

    private static string Keyword(string @namespace, string name)
    {
        string full = @namespace == "" ? name : @namespace + "." + name;

        return full switch
        {
            "System.Boolean" => "bool",
            "System.Byte" => "byte",
            "System.Char" => "char",
            "System.Double" => "double",
            "System.Int16" => "short",
            "System.Int32" => "int",
            "System.Int64" => "long",
            "System.Object" => "object",
            "System.SByte" => "sbyte",
            "System.Single" => "float",
            "System.String" => "string",
            "System.UInt16" => "ushort",
            "System.UInt32" => "uint",
            "System.UInt64" => "ulong",
            "System.Void" => "void",
            _ => full,
        };
    }
}
