using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MeshNode.NanoSubset;

/// <summary>Language features that the device does not have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LanguageAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.Generics, Rules.MultidimensionalArray, Rules.NativeInteger, Rules.StackAlloc, Rules.Pointer, Rules.Checked, Rules.InterfaceBody, Rules.Volatile];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        Forbid(context, Rules.Generics, SyntaxKind.TypeParameterList, SyntaxKind.GenericName);
        Forbid(context, Rules.StackAlloc, SyntaxKind.StackAllocArrayCreationExpression, SyntaxKind.ImplicitStackAllocArrayCreationExpression);
        Forbid(context, Rules.Pointer, SyntaxKind.FixedStatement, SyntaxKind.PointerType, SyntaxKind.FunctionPointerType, SyntaxKind.AddressOfExpression);
        Forbid(context, Rules.Checked, SyntaxKind.CheckedStatement, SyntaxKind.CheckedExpression);

        context.RegisterSyntaxNodeAction(CheckRank, SyntaxKind.ArrayRankSpecifier);
        context.RegisterSyntaxNodeAction(CheckIdentifier, SyntaxKind.IdentifierName);
        context.RegisterSyntaxNodeAction(CheckField, SyntaxKind.FieldDeclaration);
        context.RegisterSyntaxNodeAction(CheckInterface, SyntaxKind.InterfaceDeclaration);
        context.RegisterOperationAction(CheckGenericUse, OperationKind.Invocation, OperationKind.MethodReference, OperationKind.ObjectCreation, OperationKind.DelegateCreation);
        context.RegisterOperationAction(CheckSizeOf, OperationKind.SizeOf);
        context.RegisterCompilationAction(CheckOptions);
    }

    private static void Forbid(AnalysisContext context, DiagnosticDescriptor rule, params SyntaxKind[] kinds)
    {
        context.RegisterSyntaxNodeAction(c => c.ReportDiagnostic(Diagnostic.Create(rule, c.Node.GetLocation())), kinds);
    }

    private static void CheckRank(SyntaxNodeAnalysisContext context)
    {
        if (((ArrayRankSpecifierSyntax)context.Node).Rank > 1)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.MultidimensionalArray, context.Node.GetLocation()));
        }
    }

    private static void CheckIdentifier(SyntaxNodeAnalysisContext context)
    {
        if (((IdentifierNameSyntax)context.Node).Identifier.Text is "nint" or "nuint")
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NativeInteger, context.Node.GetLocation()));
        }
    }

    private static void CheckField(SyntaxNodeAnalysisContext context)
    {
        foreach (SyntaxToken modifier in ((FieldDeclarationSyntax)context.Node).Modifiers)
        {
            if (modifier.IsKind(SyntaxKind.VolatileKeyword))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.Volatile, modifier.GetLocation()));
            }
            else if (modifier.IsKind(SyntaxKind.FixedKeyword))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.Pointer, modifier.GetLocation()));
            }
        }
    }

    private static void CheckInterface(SyntaxNodeAnalysisContext context)
    {
        foreach (MemberDeclarationSyntax member in ((InterfaceDeclarationSyntax)context.Node).Members)
        {
            bool hasBody = member switch
            {
                BaseMethodDeclarationSyntax method => method.Body != null || method.ExpressionBody != null,
                PropertyDeclarationSyntax property => property.ExpressionBody != null || HasBody(property.AccessorList),
                IndexerDeclarationSyntax indexer => indexer.ExpressionBody != null || HasBody(indexer.AccessorList),
                EventDeclarationSyntax @event => HasBody(@event.AccessorList),
                _ => false,
            };

            if (hasBody || member.Modifiers.Any(SyntaxKind.StaticKeyword))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.InterfaceBody, member.GetLocation()));
            }
        }
    }

    private static bool HasBody(AccessorListSyntax? accessors)
    {
        return accessors != null && accessors.Accessors.Any(a => a.Body != null || a.ExpressionBody != null);
    }

    // A generic method called without its type arguments, and the generic delegate that a lambda became.
    private static void CheckGenericUse(OperationAnalysisContext context)
    {
        ISymbol? used = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMethodReferenceOperation reference => reference.Method,
            IObjectCreationOperation creation => creation.Constructor,
            _ => context.Operation.Type,
        };

        bool isGeneric = used is IMethodSymbol { IsGenericMethod: true } or INamedTypeSymbol { IsGenericType: true } || used?.ContainingType is { IsGenericType: true };
        bool isSpelledOut = context.Operation.Syntax.DescendantNodesAndSelf().Any(n => n.IsKind(SyntaxKind.GenericName));

        if (isGeneric && !isSpelledOut)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Generics, context.Operation.Syntax.GetLocation()));
        }
    }

    private static void CheckSizeOf(OperationAnalysisContext context)
    {
        if (StructAnalyzer.IsStruct(((ISizeOfOperation)context.Operation).TypeOperand))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Pointer, context.Operation.Syntax.GetLocation()));
        }
    }

    private static void CheckOptions(CompilationAnalysisContext context)
    {
        if (context.Compilation.Options.CheckOverflow)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Checked, Location.None));
        }
    }
}
