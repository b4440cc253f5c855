using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary><c>mesh-cfgclient</c> over the advertising bearer: provisioner and configuration client of BlueZ from end to end.</summary>
[TestClass]
public sealed class CfgclientTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("cfgclient", "", "static");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Cfgclient(string node, string argument, string check)
    {
        Scenario.Expect("cfgclient", node, argument, check, context);
    }
}
