using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary><c>meshctl</c> over GATT, at four sizes of ATT_MTU: provisioner, proxy client, configuration client.</summary>
[TestClass]
public sealed class ProxyTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("proxy", "23", "33 static", "69", "100 static");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Proxy(string node, string argument, string check)
    {
        Scenario.Expect("proxy", node, argument, check, context);
    }
}
