using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary>Two <c>bluetooth-meshd</c> that do not hear each other, and a MeshNode between them.</summary>
[TestClass]
public sealed class RelayTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("relay");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Relay(string node, string argument, string check)
    {
        Scenario.Expect("relay", node, argument, check, context);
    }
}
