using System;

namespace MeshNode.Tool.Demonstration;

/// <summary>What the demonstration uses of the specification's sample data, chapter 8 of Mesh Protocol 1.1.</summary>
internal static class SpecificationSamples
{
    public const uint IvIndex = 0x12345678;

    /// <summary>The Label UUID of sample 8.3.22.</summary>
    public static readonly byte[] Label = Convert.FromHexString("0073e7e4d8b9440faf8415df4c56c0e1");

    public static readonly byte[] NetKey = Convert.FromHexString("7dd7364cd842ad18c17c2b820c84c3d6");
    public static readonly byte[] AppKey = Convert.FromHexString("63964771734fbd76e3b40519d1d94a48");
    public static readonly byte[] DeviceKey = Convert.FromHexString("9d6dd0e96eb25dc19a40ed9914f8f03f");

    /// <summary>The NetKey of sample 8.9.1.</summary>
    public static readonly byte[] ProxyNetKey = Convert.FromHexString("d1aafb2a1a3c281cbdb0e960edfad852");

    /// <summary>Sample 8.9.1: Set Filter Type, accept list, as a Network PDU.</summary>
    public static readonly byte[] SetFilterType = Convert.FromHexString("10386bd60efbbb8b8c28512e792d3711f4b526");

    public static readonly SpecificationSample AppKeyAdd = new(
        "8.3.6",
        "Config AppKey Add",
        0x0003,
        0x1201,
        4,
        0x3129AB,
        "0056341263964771734fbd76e3b40519d1d94a48",
        ["8026ac01ee9dddfd2169326d23f3afdf", "8026ac21cfdc18c52fdef772e0e17308"],
        [
            "68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e",
            "681615b5dd4a846cae0c032bf0746f44f1b8cc8ce5edc57e55beed49c0",
        ]);

    public static readonly SpecificationSample AppKeyStatus = new(
        "8.3.16",
        "Config AppKey Status",
        0x1201,
        0x0003,
        11,
        6,
        "800300563412",
        ["0089511bf1d1a81c11dcef"],
        ["68e80e5da5af0e6b9be7f5a642f2f98680e61c3a8b47f228"]);

    public static readonly SpecificationSample HealthStatus = new(
        "8.3.18",
        "Health Current Status",
        0x1201,
        0xFFFF,
        3,
        7,
        "0400000000",
        ["665a8bde6d9106ea078a"],
        ["6848cba437860e5673728a627fb938535508e21a6baf57"]);

    public static readonly SpecificationSample HealthFaults = new(
        "8.3.20",
        "Health Current Status",
        0x1234,
        0xFFFF,
        3,
        0x070809,
        "04000000010703",
        ["669c9803e110fea929e9542d"],
        ["e85cca51e2e8998c3dc87344a16c787f6b08cc897c941a5368"]);

    public static readonly SpecificationSample VendorToGroup = new(
        "8.3.21",
        "vendor message",
        0x1234,
        0xC105,
        3,
        0x07080A,
        "d50a0048656c6c6f",
        ["664d92e9dfcf3ab85b6e8fcf03"],
        ["e84e8fbe003f58a4d61157bb76352ea6307eebfe0f30b83500e9"]);

    public static readonly SpecificationSample VendorToLabel = new(
        "8.3.22",
        "vendor message",
        0x1234,
        0xB529,
        3,
        0x07080B,
        "d50a0048656c6c6f",
        ["663871b904d431526316ca48a0"],
        ["e8d85caecef1e3ed31f3fdcf88a411135fea55df730b6b28e255"]);

    public static readonly SpecificationSample[] All = [AppKeyAdd, AppKeyStatus, HealthStatus, HealthFaults, VendorToGroup, VendorToLabel];

    /// <summary>The sample that has this Network PDU, or nothing.</summary>
    public static SpecificationSample? Find(byte[] networkPdu)
    {
        string text = Convert.ToHexStringLower(networkPdu);

        return Array.Find(All, sample => Array.IndexOf(sample.NetworkPdus, text) >= 0);
    }
}
