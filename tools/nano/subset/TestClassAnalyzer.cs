using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MeshNode.NanoSubset;

/// <summary>What nanoFramework's test launcher cannot run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TestClassAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.TestState, Rules.TestData];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(CheckState, SymbolKind.NamedType);
        context.RegisterSymbolAction(CheckMethod, SymbolKind.Method);
    }

    private static void CheckState(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;

        if (!type.GetAttributes().Any(a => a.AttributeClass?.Name == "TestClassAttribute"))
        {
            return;
        }

        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.TestState, (field.AssociatedSymbol ?? field).Locations.FirstOrDefault()));
        }
    }

    private static void CheckMethod(SymbolAnalysisContext context)
    {
        foreach (AttributeData row in context.Symbol.GetAttributes().Where(a => a.AttributeClass?.Name == "DataRowAttribute"))
        {
            IEnumerable<TypedConstant> arguments = row.ConstructorArguments.SelectMany(a => a.Kind == TypedConstantKind.Array && !a.IsNull ? a.Values : [a]);

            if (arguments.Any(a => a.Kind is TypedConstantKind.Enum or TypedConstantKind.Array))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.TestData, context.Symbol.Locations.FirstOrDefault()));
            }
        }
    }
}
