using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary>Beacons, IV Update and key refresh with <c>bluetooth-meshd</c>, and restarts in the middle of them.</summary>
[TestClass]
public sealed class ProceduresTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("procedures");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Procedures(string node, string argument, string check)
    {
        Scenario.Expect("procedures", node, argument, check, context);
    }
}
