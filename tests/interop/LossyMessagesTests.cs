using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary>The same while a fifth of the frames is lost for each receiver.</summary>
[TestClass]
public sealed class LossyMessagesTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("messages", "0.2");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void LossyMessages(string node, string argument, string check)
    {
        Scenario.Expect("messages", node, argument, check, context);
    }
}
