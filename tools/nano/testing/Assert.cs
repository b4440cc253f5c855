using System;
using System.Collections;
using System.Linq;
using System.Runtime.CompilerServices;

namespace nanoFramework.TestFramework;

/// <summary>A failed assertion; MSTest reports it as a failure rather than as an error.</summary>
public sealed class AssertFailedException(string message) : Microsoft.VisualStudio.TestTools.UnitTesting.AssertFailedException(message);

/// <summary>Thrown by <see cref="Assert.SkipTest"/>.</summary>
public sealed class SkipTestException(string message) : Exception(message);

/// <summary>The overloads of nanoFramework's own Assert, so that both platforms bind the same one.</summary>
public static class Assert
{
    public static void AreEqual(bool expected, bool actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(byte expected, byte actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(char expected, char actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(DateTime expected, DateTime actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(double expected, double actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(float expected, float actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(int expected, int actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(long expected, long actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(object expected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(sbyte expected, sbyte actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(short expected, short actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(string expected, string actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(uint expected, uint actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(ulong expected, ulong actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);
    public static void AreEqual(ushort expected, ushort actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Equal(expected, actual, message);

    public static void AreNotEqual(bool notExpected, bool actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(byte notExpected, byte actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(char notExpected, char actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(DateTime notExpected, DateTime actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(double notExpected, double actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(float notExpected, float actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(int notExpected, int actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(long notExpected, long actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(object notExpected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(sbyte notExpected, sbyte actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(short notExpected, short actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(string notExpected, string actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(uint notExpected, uint actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(ulong notExpected, ulong actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);
    public static void AreNotEqual(ushort notExpected, ushort actual, [CallerArgumentExpression(nameof(actual))] string message = "") => Different(notExpected, actual, message);

    public static void AreSame(object expected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "") => That(ReferenceEquals(expected, actual), "another object", message);
    public static void AreNotSame(object notExpected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "") => That(!ReferenceEquals(notExpected, actual), "the same object", message);
    public static void Contains(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "") => That(value.Contains(expected), $"<{expected}> not in <{value}>", message);
    public static void DoesNotContains(string notExpected, string value, [CallerArgumentExpression(nameof(value))] string message = "") => That(!value.Contains(notExpected), $"<{notExpected}> in <{value}>", message);
    public static void StartsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "") => That(value.StartsWith(expected, StringComparison.Ordinal), $"<{value}> does not start with <{expected}>", message);
    public static void EndsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "") => That(value.EndsWith(expected, StringComparison.Ordinal), $"<{value}> does not end with <{expected}>", message);
    public static void IsTrue(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "") => Equal(true, condition, message);
    public static void IsFalse(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "") => Equal(false, condition, message);
    public static void IsNull(object value, [CallerArgumentExpression(nameof(value))] string message = "") => Equal(null, value, message);
    public static void IsNotNull(object value, [CallerArgumentExpression(nameof(value))] string message = "") => That(value is not null, "null", message);
    public static void IsInstanceOfType(object value, Type expected, [CallerArgumentExpression(nameof(value))] string message = "") => That(expected.IsInstanceOfType(value), $"<{value ?? "null"}> is not a {expected}", message);
    public static void IsNotInstanceOfType(object value, Type notExpected, [CallerArgumentExpression(nameof(value))] string message = "") => That(!notExpected.IsInstanceOfType(value), $"<{value}> is a {notExpected}", message);

    public static void ThrowsException(Type exception, Action action, [CallerArgumentExpression(nameof(action))] string message = "")
    {
        try
        {
            action();
        }
        catch (Exception e) when (e.GetType() == exception)
        {
            return;
        }

        throw new AssertFailedException($"{exception.Name} expected: {message}");
    }

    public static void SkipTest(string message = null) => throw new SkipTestException(message ?? "");

    internal static void Equal(object expected, object actual, string message)
        => That(Equals(expected, actual), $"Expected:<{expected ?? "null"}>. Actual:<{actual ?? "null"}>", message);

    internal static void Different(object notExpected, object actual, string message)
        => That(!Equals(notExpected, actual), $"Not expected:<{notExpected ?? "null"}>", message);

    internal static void That(bool condition, string failure, string message)
    {
        if (!condition)
        {
            throw new AssertFailedException($"{failure}. {message}");
        }
    }
}

/// <summary>Compares element by element.</summary>
public static class CollectionAssert
{
    public static void AreEqual(ICollection expected, ICollection actual, [CallerArgumentExpression(nameof(actual))] string message = "")
    {
        Assert.Equal(expected.Count, actual.Count, "Count of " + message);

        foreach ((object item, object other) in expected.Cast<object>().Zip(actual.Cast<object>()))
        {
            Assert.Equal(item, other, message);
        }
    }

    public static void AreNotEqual(ICollection notExpected, ICollection actual, [CallerArgumentExpression(nameof(actual))] string message = "")
        => Assert.That(!notExpected.Cast<object>().SequenceEqual(actual.Cast<object>()), "Equal", message);

    public static void Empty(ICollection collection, [CallerArgumentExpression(nameof(collection))] string message = "") => Assert.Equal(0, collection.Count, message);
    public static void NotEmpty(ICollection collection, [CallerArgumentExpression(nameof(collection))] string message = "") => Assert.Different(0, collection.Count, message);
}

public static class OutputHelper
{
    public static void Write(string message) => Console.Write(message);
    public static void WriteLine(string message) => Console.WriteLine(message);
}
