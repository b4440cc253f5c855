using System.Linq;
using MeshNode.Tool.Heap;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>The heap account of a board without PSRAM, and that nothing but capacities tells its node from a larger one.</summary>
[TestClass]
public class HeapTests
{
    // A board without PSRAM is short of so much, see README. May only become less.
    private const int ShortOf = 8800;
    private const int ShortOfAtWorst = 21000;
    private const int ShortOfWhenProvisioned = 21200;

    [TestMethod]
    public void BoardWithoutPsram_IsNotFartherFromFitting()
    {
        HeapAccount account = HeapAccount.Of(HeapProfile.Small);

        OutputHelper.WriteLine($"{account.Used} octets in use, {account.Free} free, {account.KeyRefresh} more during a key refresh, {account.Least} free at the worst moment");
        OutputHelper.WriteLine($"{account.Provisioning} octets in use while it is provisioned, {account.LeastProvisioning} free at the worst moment");
        Assert.IsTrue(account.Free >= -ShortOf, $"{account.Free} octets free");
        Assert.IsTrue(account.Least >= -ShortOfAtWorst, $"{account.Least} octets free at the worst moment");
        Assert.IsTrue(account.LeastProvisioning >= -ShortOfWhenProvisioned, $"{account.LeastProvisioning} octets free while it is provisioned");
    }

    // And has a lamp that can be dimmed.
    [TestMethod]
    public void BoardWithPsram_TakesTheDefaultProfile()
    {
        HeapAccount account = HeapAccount.Of(HeapProfile.Default);

        Assert.IsTrue(account.HasPsram);
        Assert.IsTrue(account.Sections[^1].Parts.Any(p => p.Name == "Light lightness server"));
    }

    [TestMethod]
    public void LargeProfile_DiffersInCapacitiesOnly()
    {
        HeapAccount small = HeapAccount.Of(HeapProfile.Default);
        HeapAccount large = HeapAccount.Of(HeapProfile.Large);

        Assert.AreEqual(small.Sections.Count, large.Sections.Count);
        Assert.AreEqual(PartsOf(small), PartsOf(large));
        CollectionAssert.AreEqual(small.Sections.SkipLast(1).Select(s => s.Octets).ToArray(), large.Sections.SkipLast(1).Select(s => s.Octets).ToArray());
        Assert.IsTrue(large.Used > small.Used);
    }

    // Each object once, however many refer to it: a key takes what its fields and arrays take.
    [TestMethod]
    [DataRow("Network key", 2, 1560)]
    [DataRow("Transport key", 4, 336)]
    [DataRow("Publication", 3, 180)]
    [DataRow("Sequence number", 1, 48)]
    public void SmallProfile_CountsEachObjectOnce(string part, int count, int octets)
    {
        HeapPart found = HeapAccount.Of(HeapProfile.Small).Sections[^1].Parts.Single(p => p.Name == part);

        Assert.AreEqual(count, found.Count);
        Assert.AreEqual(octets, found.Octets);
    }

    // Sizes that a 32-bit nanoCLR was seen to take.
    [TestMethod]
    public void ObjectLayout_IsThatOfTheDevice()
    {
        Assert.AreEqual(12, ObjectLayout.SizeOf(new object()));
        Assert.AreEqual(24, ObjectLayout.SizeOf(new byte[4]));
        Assert.AreEqual(36, ObjectLayout.SizeOf(new byte[16]));
        Assert.AreEqual(204, ObjectLayout.SizeOf(new uint[44]));
        Assert.AreEqual(60, ObjectLayout.SizeOf(new ulong[4]));
        Assert.AreEqual(36, ObjectLayout.SizeOf(new bool[16]));
        Assert.AreEqual(72, ObjectLayout.SizeOf(new object[4]));
        Assert.AreEqual(24, ObjectLayout.SizeOf("ten octets"));
        Assert.AreEqual(36, ObjectLayout.SizeOf(new Derived()));
    }

    private static string PartsOf(HeapAccount account)
    {
        return string.Join(", ", account.Sections.SelectMany(s => s.Parts).Select(p => p.Name));
    }

    private class Base
    {
        public bool First { get; set; }
    }

    private sealed class Derived : Base
    {
        public long Second { get; set; }
    }
}
