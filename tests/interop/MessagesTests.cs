using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary>Access messages, publications and heartbeats between <c>bluetooth-meshd</c> and a MeshNode.</summary>
[TestClass]
public sealed class MessagesTests(TestContext context)
{
    public static IEnumerable<object[]> Checks => Scenario.Checks("messages");

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Messages(string node, string argument, string check)
    {
        Scenario.Expect("messages", node, argument, check, context);
    }
}
