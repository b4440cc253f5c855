using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary><c>bluetooth-meshd</c> as provisioner and Configuration Client of a MeshNode.</summary>
[TestClass]
public sealed class ConfigurationTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("configuration");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Configuration(string node, string argument, string check)
    {
        Scenario.Expect("configuration", node, argument, check, context);
    }
}
