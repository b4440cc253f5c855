using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary><c>meshctl</c> and <c>bluetooth-meshd</c> reach each other through the proxy of a MeshNode.</summary>
[TestClass]
public sealed class ThroughTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("through", "23", "69");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Through(string node, string argument, string check)
    {
        Scenario.Expect("through", node, argument, check, context);
    }
}
