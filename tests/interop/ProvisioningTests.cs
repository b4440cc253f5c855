using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary><c>bluetooth-meshd</c> provisions MeshNodes that offer an OOB value.</summary>
[TestClass]
public sealed class ProvisioningTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("provisioning");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Provisioning(string node, string argument, string check)
    {
        Scenario.Expect("provisioning", node, argument, check, context);
    }
}
