using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MeshNode.NanoSubset;

/// <summary>Sizes that the device's tables have no room for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LimitAnalyzer : DiagnosticAnalyzer
{
    private const int MaxCases = 254;
    private const int MaxJumpTable = 255;
    private const int MaxDeclaredLocals = 250;
    private const int MaxMembers = 255;
    private const int MaxArrayData = 65535;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Switch, Rules.Locals, Rules.Members, Rules.ArrayData];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        context.RegisterOperationAction(CheckSwitch, OperationKind.Switch, OperationKind.SwitchExpression);
        context.RegisterOperationAction(CheckArray, OperationKind.ArrayInitializer);
        context.RegisterOperationBlockAction(CheckLocals);
        context.RegisterSymbolAction(CheckMembers, SymbolKind.NamedType);
    }

    private static void CheckSwitch(OperationAnalysisContext context)
    {
        IOperation[] values = context.Operation is ISwitchOperation statement
            ? statement.Cases.SelectMany(c => c.Clauses).Where(c => c is not IDefaultCaseClauseOperation).Select(ValueOf).ToArray()
            : ((ISwitchExpressionOperation)context.Operation).Arms.Where(a => a.Pattern is not IDiscardPatternOperation).Select(a => ValueOf(a.Pattern)).ToArray();

        if (values.Length > MaxCases || WidestTable(values) > MaxJumpTable)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Switch, context.Operation.Syntax.GetLocation()));
        }
    }

    private static IOperation ValueOf(IOperation clause)
    {
        return clause switch
        {
            ISingleValueCaseClauseOperation single => single.Value,
            IPatternCaseClauseOperation pattern => ValueOf(pattern.Pattern),
            IConstantPatternOperation constant => constant.Value,
            _ => clause,
        };
    }

    // The compiler makes one table of neighbouring values of which at least half are cases.
    private static decimal WidestTable(IOperation[] clauses)
    {
        decimal[] values = clauses.Select(c => c.ConstantValue).Where(c => c.HasValue && c.Value is byte or sbyte or char or short or ushort or int or uint or long or ulong)
            .Select(c => c.Value is char letter ? letter : Convert.ToDecimal(c.Value)).OrderBy(v => v).ToArray();
        decimal widest = 0;

        for (int first = 0; first < values.Length; first++)
        {
            for (int last = first; last < values.Length; last++)
            {
                decimal width = values[last] - values[first] + 1;

                if (2 * (last - first + 1) >= width && width > widest)
                {
                    widest = width;
                }
            }
        }

        return widest;
    }

    private static void CheckArray(OperationAnalysisContext context)
    {
        IArrayInitializerOperation initializer = (IArrayInitializerOperation)context.Operation;
        int size = (initializer.Parent?.Type as IArrayTypeSymbol)?.ElementType.SpecialType switch
        {
            SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
            SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            _ => 4,
        };

        if ((long)size * initializer.ElementValues.Length > MaxArrayData)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.ArrayData, initializer.Syntax.GetLocation()));
        }
    }

    private static void CheckLocals(OperationBlockAnalysisContext context)
    {
        int count = context.OperationBlocks.SelectMany(b => b.DescendantsAndSelf())
            .Count(o => o is IVariableDeclaratorOperation or IDeclarationExpressionOperation or IDeclarationPatternOperation);

        if (count > MaxDeclaredLocals)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Locals, context.OwningSymbol.Locations.FirstOrDefault()));
        }
    }

    private static void CheckMembers(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<ISymbol> members = type.GetMembers();
        IMethodSymbol[] methods = members.OfType<IMethodSymbol>().ToArray();

        Check("static fields", members.Count(m => m is IFieldSymbol { IsStatic: true, IsConst: false }));
        Check("static methods", methods.Count(m => m.IsStatic));
        Check("virtual methods", methods.Count(IsVirtual));
        Check("instance methods", methods.Count(m => !m.IsStatic && !IsVirtual(m)));

        void Check(string what, int count)
        {
            if (count > MaxMembers)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.Members, type.Locations.FirstOrDefault(), what));
            }
        }
    }

    private static bool IsVirtual(IMethodSymbol method)
    {
        return method.IsVirtual || method.IsAbstract || method.IsOverride;
    }
}
