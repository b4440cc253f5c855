using System;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Marks a class whose test methods MSTest is to find.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TestClassAttribute : MSTest.TestClassAttribute
{
}

/// <summary>
/// A test. As on the device, the <see cref="SetupAttribute"/> methods of its class have run once before it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TestMethodAttribute([CallerFilePath] string filePath = "", [CallerLineNumber] int lineNumber = -1)
    : MSTest.TestMethodAttribute(filePath, lineNumber)
{
    private static readonly ConcurrentDictionary<Type, Lazy<object>> s_setups = new();

    /// <inheritdoc/>
    public override async Task<MSTest.TestResult[]> ExecuteAsync(MSTest.ITestMethod testMethod)
    {
        Type type = testMethod.MethodInfo.DeclaringType;
        _ = s_setups.GetOrAdd(type, static t => new Lazy<object>(() => SetUp(t))).Value;

        MSTest.TestResult[] results = await base.ExecuteAsync(testMethod);

        foreach (MSTest.TestResult result in results)
        {
            if (result.TestFailureException is SkipTestException or { InnerException: SkipTestException })
            {
                result.Outcome = MSTest.UnitTestOutcome.Inconclusive;
            }
        }

        return results;
    }

    private static object SetUp(Type type)
    {
        foreach (MethodInfo method in type.GetMethods())
        {
            if (method.IsDefined(typeof(SetupAttribute)))
            {
                method.Invoke(method.IsStatic ? null : Activator.CreateInstance(type), null);
            }
        }

        return null;
    }
}

/// <summary>Runs once, before the first test of the class.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SetupAttribute : Attribute
{
}

/// <summary>Arguments of one run of a test method.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DataRowAttribute(params object[] methodParameters) : MSTest.DataRowAttribute(methodParameters)
{
}
