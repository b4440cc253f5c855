using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MeshNode.NanoSubset;

/// <summary>
/// Structs by value. On the device a struct local is an object on the heap, reading a field of it clones it, and two locals may
/// end up sharing one object.
/// </summary>
/// <remarks>
/// <para>Refused: a local, parameter or return value of a struct type, other than by ref, in or out; and any use of a struct's value
/// that makes a copy: assigning, passing, returning, boxing or comparing it.</para>
/// <para>Allowed: fields and arrays of structs, reached in place or by ref (<c>_table[i].Value</c>, <c>ref table[i]</c>); storing a value just
/// made in a field or an array element (<c>_table[i] = new Entry()</c>); and members of such a value that is not kept
/// (<c>DateTime.UtcNow.Ticks</c>), which costs an allocation but cannot alias.</para>
/// <para>Allowed as well, because a library other than the core library wants it so: passing it a value just made, implementing its
/// interfaces, and passing on what these were given.</para>
/// <para>Numbers, bool, char and enums are no structs in this sense.</para>
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StructAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.StructByValue];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        context.RegisterSymbolAction(CheckMethod, SymbolKind.Method);
        context.RegisterSymbolAction(CheckProperty, SymbolKind.Property);
        context.RegisterSymbolAction(CheckDelegate, SymbolKind.NamedType);
        context.RegisterOperationAction(CheckLocal, OperationKind.VariableDeclarator, OperationKind.DeclarationExpression, OperationKind.DeclarationPattern);
        context.RegisterOperationAction(CheckLocalFunction, OperationKind.LocalFunction, OperationKind.AnonymousFunction);

        // Whatever may have a struct for its value.
        context.RegisterOperationAction(CheckValue,
            OperationKind.LocalReference, OperationKind.ParameterReference, OperationKind.FieldReference, OperationKind.ArrayElementReference,
            OperationKind.InstanceReference, OperationKind.PropertyReference, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.DefaultValue,
            OperationKind.SimpleAssignment, OperationKind.CompoundAssignment, OperationKind.Binary, OperationKind.Unary, OperationKind.Increment, OperationKind.Decrement,
            OperationKind.Conditional, OperationKind.SwitchExpression, OperationKind.Conversion);
    }

    internal static bool IsStruct(ITypeSymbol? type)
    {
        if (type is not { TypeKind: TypeKind.Struct })
        {
            return false;
        }

        return type.SpecialType is not (SpecialType.System_Void or SpecialType.System_Boolean or SpecialType.System_Char
            or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr);
    }

    private static void CheckMethod(SymbolAnalysisContext context)
    {
        IMethodSymbol method = (IMethodSymbol)context.Symbol;

        if (method.MethodKind is not (MethodKind.PropertyGet or MethodKind.PropertySet) && !method.IsImplicitlyDeclared)
        {
            CheckSignature(method, context.ReportDiagnostic);
        }
    }

    private static void CheckProperty(SymbolAnalysisContext context)
    {
        IPropertySymbol property = (IPropertySymbol)context.Symbol;

        if (property.RefKind == RefKind.None && IsStruct(property.Type))
        {
            Report(property, property.Type, context.ReportDiagnostic);
        }

        CheckParameters(property.Parameters, context.ReportDiagnostic);
    }

    private static void CheckDelegate(SymbolAnalysisContext context)
    {
        if (((INamedTypeSymbol)context.Symbol).DelegateInvokeMethod is IMethodSymbol invoke)
        {
            CheckSignature(invoke, context.ReportDiagnostic);
        }
    }

    private static void CheckLocalFunction(OperationAnalysisContext context)
    {
        IMethodSymbol method = context.Operation is ILocalFunctionOperation local ? local.Symbol : ((IAnonymousFunctionOperation)context.Operation).Symbol;
        CheckSignature(method, context.ReportDiagnostic);
    }

    private static void CheckSignature(IMethodSymbol method, Action<Diagnostic> report)
    {
        if (method.RefKind == RefKind.None && IsStruct(method.ReturnType))
        {
            Report(method, method.ReturnType, report);
        }

        if (!IsWantedByLibrary(method))
        {
            CheckParameters(method.Parameters, report);
        }
    }

    private static bool IsWantedByLibrary(IMethodSymbol method)
    {
        return method.ContainingType.AllInterfaces
            .Where(i => !SymbolEqualityComparer.Default.Equals(i.ContainingAssembly, method.ContainingAssembly)
                && i.ContainingAssembly.GetTypeByMetadataName("System.Object") == null)
            .SelectMany(i => i.GetMembers())
            .Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));
    }

    private static bool IsOfLibrary(IParameterSymbol? parameter, IOperation operation)
    {
        Compilation? compilation = operation.SemanticModel?.Compilation;
        IAssemblySymbol? assembly = parameter?.ContainingAssembly;

        return compilation != null && assembly != null
            && !SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)
            && !SymbolEqualityComparer.Default.Equals(assembly, compilation.ObjectType.ContainingAssembly);
    }

    private static void CheckParameters(ImmutableArray<IParameterSymbol> parameters, Action<Diagnostic> report)
    {
        foreach (IParameterSymbol parameter in parameters)
        {
            if (parameter.RefKind == RefKind.None && IsStruct(parameter.Type))
            {
                Report(parameter, parameter.Type, report);
            }
        }
    }

    private static void CheckLocal(OperationAnalysisContext context)
    {
        ISymbol? symbol = context.Operation switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            IDeclarationExpressionOperation { Expression: ILocalReferenceOperation reference } => reference.Local,
            IDeclarationPatternOperation pattern => pattern.DeclaredSymbol,
            _ => null,
        };

        if (symbol is ILocalSymbol { RefKind: RefKind.None } local && IsStruct(local.Type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.StructByValue, context.Operation.Syntax.GetLocation(), local.Type));
        }
    }

    private static void CheckValue(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;

        if (IsStruct(operation.Type) && !operation.IsImplicit && IsCopied(operation))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.StructByValue, operation.Syntax.GetLocation(), operation.Type));
        }
    }

    private static bool IsCopied(IOperation operation)
    {
        IOperation used = operation;

        while (used.Parent is IParenthesizedOperation || (used.Parent is IConversionOperation { IsImplicit: true } same && SymbolEqualityComparer.Default.Equals(same.Type, operation.Type)))
        {
            used = used.Parent;
        }

        switch (used.Parent)
        {
            case null:
            case IExpressionStatementOperation:
            case INameOfOperation:
            case ISizeOfOperation:
            case ITypeOfOperation:
                return false;

            case IMemberReferenceOperation member when member.Instance == used:
                return member is IMethodReferenceOperation;

            case IInvocationOperation invocation when invocation.Instance == used:
                return false;

            case IArgumentOperation argument:
                return argument.Parameter is not { RefKind: not RefKind.None }
                    && !(IsOfLibrary(argument.Parameter, operation)
                        && (IsNew(operation) || operation is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol method } && IsWantedByLibrary(method)));

            case ISimpleAssignmentOperation assignment when assignment.Target == used || assignment.IsRef:
                return false;

            case ISimpleAssignmentOperation assignment:
                return !IsNew(operation) || assignment.Parent is not IExpressionStatementOperation;

            case IFieldInitializerOperation or IPropertyInitializerOperation or IArrayInitializerOperation:
                return !IsNew(operation);

            // Reported at the declaration of the local or the method, unless that is a reference.
            case IVariableInitializerOperation or IReturnOperation or IDeclarationExpressionOperation:
                return false;

            default:
                return true;
        }
    }

    private static bool IsNew(IOperation operation)
    {
        return operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.RefKind == RefKind.None,
            IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None,
            IObjectCreationOperation or IDefaultValueOperation or IBinaryOperation or IUnaryOperation => true,
            _ => false,
        };
    }

    private static void Report(ISymbol symbol, ITypeSymbol type, Action<Diagnostic> report)
    {
        report(Diagnostic.Create(Rules.StructByValue, symbol.Locations.FirstOrDefault(), type));
    }
}
