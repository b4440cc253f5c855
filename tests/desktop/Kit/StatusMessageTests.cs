#nullable enable
using System;
using System.Linq;
using MeshNode.Kit.Messages;
using MeshNode.LowerTransport;
using MeshNode.Models.Foundation;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>Messages that no vector is there for, and lengths that cannot be.</summary>
[TestClass]
public class StatusMessageTests
{
    [TestMethod]
    public void Decode_ReadsWhatWasWrittenAndNothingElse()
    {
        Check(new GenericOnOffStatus(1, null, 0), "820401");
        Check(new GenericOnOffStatus(0, 1, 0x41), "8204000141");
        Check(new GenericLevelStatus(-2, 3, 0x05), "8208feff030005");
        Check(new LightLightnessStatus(0x1234, null, 0), "824e3412");
        Check(new LightLightnessRangeStatus(0, 1, 0xFFFF), "8258000100ffff");
        Check(new GenericOnPowerUpStatus(2), "821202");
        Check(new GenericDefaultTransitionTimeStatus(0x43), "821043");
        Check(new KeyRefreshPhaseStatus(ConfigurationStatus.InvalidNetKeyIndex, 5, 1), "801704050001");
        Check(new ModelAppList(ConfigurationStatus.Success, 2, ModelId.Vendor(0x003F, 0x002A), [1]), "804e0002003f002a000100", true);
        Check(new SarReceiverStatus(new SarReceiver()), "8071235100");
        Check(new SarTransmitterStatus(new SarTransmitter()), "806e25722109");
    }

    [TestMethod]
    public void Encode_GenericMessages()
    {
        Assert.AreEqual("82020107", Hex.Encode(GenericMessages.OnOffSet(true, 7)));
        Assert.AreEqual("8203000741ff", Hex.Encode(GenericMessages.OnOffSet(false, 7, new Transition(0x41, 255), false)));
        Assert.AreEqual("8206008007", Hex.Encode(GenericMessages.LevelSet(-32768, 7)));
        Assert.AreEqual("8209feffffff07", Hex.Encode(GenericMessages.DeltaSet(-2, 7)));
        Assert.AreEqual("820b010007", Hex.Encode(GenericMessages.MoveSet(1, 7)));
        Assert.AreEqual("824cffff07", Hex.Encode(LightnessMessages.Set(65535, 7)));
        Assert.AreEqual("825b0100ffff", Hex.Encode(LightnessMessages.RangeSet(1, 65535)));
        Assert.AreEqual("820e43", Hex.Encode(GenericMessages.DefaultTransitionTimeSet(0x43)));
        Assert.AreEqual("821302", Hex.Encode(GenericMessages.OnPowerUpSet(2)));
    }

    [TestMethod]
    public void Encode_RefusesWhatDoesNotFit()
    {
        Assert.ThrowsException(typeof(ArgumentOutOfRangeException), static () => ConfigurationMessages.NetKeyDelete(0x1000));
        Assert.ThrowsException(typeof(ArgumentOutOfRangeException), static () => ConfigurationMessages.RelaySet(1, 8, 0));
        Assert.ThrowsException(typeof(ArgumentException), static () => ConfigurationMessages.NetKeyAdd(0, new byte[15]));
    }

    [TestMethod]
    public void CompositionPage0_CutOffIsRefused()
    {
        byte[] page = Hex.Decode("0c001a0001000800030000010501000000800100001003103f002a00");

        for (int i = 0; i < page.Length; i++)
        {
            Assert.IsTrue(CompositionPage0.Decode(page.AsSpan(0, i)) == null, $"{i} octets");
        }

        Assert.IsTrue(CompositionPage0.Decode(page)!.Encode().SequenceEqual(page));
    }

    [TestMethod]
    public void IsAnswerTo_TellsTheAnswerToAnotherRequest()
    {
        ModelId model = ModelId.Sig(0x1000);
        ModelId vendor = ModelId.Vendor(0x05F1, 0x1000);
        byte[] key = new byte[16];
        const ConfigurationStatus Success = ConfigurationStatus.Success;

        Answers(true, new NetKeyStatus(Success, 5), ConfigurationMessages.NetKeyUpdate(5, key));
        Answers(false, new NetKeyStatus(Success, 4), ConfigurationMessages.NetKeyUpdate(5, key));
        Answers(true, new AppKeyStatus(Success, 5, 6), ConfigurationMessages.AppKeyUpdate(5, 6, key));
        Answers(false, new AppKeyStatus(Success, 5, 7), ConfigurationMessages.AppKeyUpdate(5, 6, key));
        Answers(true, new AppKeyList(Success, 5, [6]), ConfigurationMessages.AppKeyGet(5));
        Answers(false, new AppKeyList(Success, 4, [6]), ConfigurationMessages.AppKeyGet(5));
        Answers(true, new NodeIdentityStatus(Success, 5, 1), ConfigurationMessages.NodeIdentitySet(5, 1));
        Answers(false, new NodeIdentityStatus(Success, 4, 1), ConfigurationMessages.NodeIdentitySet(5, 1));
        Answers(true, new KeyRefreshPhaseStatus(Success, 5, 1), ConfigurationMessages.KeyRefreshPhaseGet(5));
        Answers(true, new KeyRefreshPhaseStatus(Success, 5, 0), ConfigurationMessages.KeyRefreshPhaseSet(5, 3));
        Answers(false, new KeyRefreshPhaseStatus(Success, 5, 2), ConfigurationMessages.KeyRefreshPhaseSet(5, 3));
        Answers(true, new KeyRefreshPhaseStatus(Success, 5, 2), ConfigurationMessages.KeyRefreshPhaseSet(5, 2));
        Answers(true, new KeyRefreshPhaseStatus(ConfigurationStatus.InvalidNetKeyIndex, 5, 0), ConfigurationMessages.KeyRefreshPhaseSet(5, 2));
        Answers(true, new ModelAppStatus(Success, 3, 6, model), ConfigurationMessages.ModelAppBind(3, 6, model));
        Answers(false, new ModelAppStatus(Success, 3, 6, vendor), ConfigurationMessages.ModelAppBind(3, 6, model));
        Answers(false, new ModelAppStatus(Success, 4, 6, model), ConfigurationMessages.ModelAppBind(3, 6, model));
        Answers(true, new ModelAppList(Success, 3, vendor, []), ConfigurationMessages.ModelAppGet(3, vendor));
        Answers(false, new ModelAppList(Success, 3, model, []), ConfigurationMessages.ModelAppGet(3, vendor));
        Answers(true, new ModelSubscriptionStatus(Success, 3, 0xC000, vendor), ConfigurationMessages.ModelSubscriptionAdd(3, 0xC000, vendor));
        Answers(false, new ModelSubscriptionStatus(Success, 3, 0xC001, vendor), ConfigurationMessages.ModelSubscriptionAdd(3, 0xC000, vendor));
        Answers(true, new ModelSubscriptionStatus(Success, 3, 0x8123, model), ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(3, key, model));
        Answers(false, new ModelSubscriptionStatus(Success, 4, 0x8123, model), ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(3, key, model));
        Answers(true, new ModelSubscriptionStatus(Success, 3, 0, model), ConfigurationMessages.ModelSubscriptionDeleteAll(3, model));
        Answers(true, new ModelPublicationStatus(Success, 3, 0xC000, new PublicationParameters(0), model), ConfigurationMessages.ModelPublicationSet(3, 0xC000, new PublicationParameters(0), model));
        Answers(false, new ModelPublicationStatus(Success, 3, 0xC001, new PublicationParameters(0), model), ConfigurationMessages.ModelPublicationSet(3, 0xC000, new PublicationParameters(0), model));
        Answers(true, new ModelPublicationStatus(Success, 3, 0xC001, new PublicationParameters(0), model), ConfigurationMessages.ModelPublicationGet(3, model));
        Answers(false, new ModelPublicationStatus(Success, 3, 0xC001, new PublicationParameters(0), vendor), ConfigurationMessages.ModelPublicationGet(3, model));
        Answers(true, new CompositionDataStatus(0, []), ConfigurationMessages.CompositionDataGet(1));
        Answers(false, new CompositionDataStatus(1, []), ConfigurationMessages.CompositionDataGet(0));

        static void Answers<T>(bool expected, T status, byte[] request)
            where T : class, IStatusMessage<T>
        {
            Assert.AreEqual(expected, status.IsAnswerTo(request), status.ToString()!);
        }
    }

    private static void Check<TStatus>(TStatus status, string payload, bool list = false)
        where TStatus : class, IStatusMessage<TStatus>
    {
        byte[] octets = Hex.Decode(payload);
        Assert.AreEqual(payload, Hex.Encode(status.Encode()));
        Assert.AreEqual(payload, Hex.Encode(TStatus.Decode(octets)!.Encode()));

        // Two key indexes have one octet more than one.
        Assert.IsTrue(list || TStatus.Decode([.. octets, 0x00]) == null, $"{payload} with one octet more");

        for (int i = 0; i < octets.Length; i++)
        {
            Assert.IsTrue((list && i == octets.Length - 2) || TStatus.Decode(octets.AsSpan(0, i)) is null || (typeof(TStatus) == typeof(GenericOnOffStatus) && i == 3) || (typeof(TStatus) == typeof(GenericLevelStatus) && i == 4), $"{i} octets of {payload}");
        }
    }
}
