#nullable enable
using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Provisioning;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>Provisioning that is broken off when the device has been sent Provisioning Data, or is about to be: its device key is not lost.</summary>
[TestClass]
public class BrokenProvisioningTests
{
    private const string Provision = "provision " + ClientWorkplace.Uuid + " --name Lamp --static 0102030405060708090a0b0c0d0e0f10";
    private const int Patience = 60000;
    private const int DeviceTransaction = 0x80;
    private const int DecryptionFailed = 6;
    private const int TransactionPlace = 5;
    private const int ControlPlace = 6;
    private const int PduPlace = 10;

    [TestMethod]
    public void Kill_BeforeTheDeviceHasProvisioningDataLeavesADevice()
    {
        using ClientWorkplace place = new(false);
        using HubAir air = new(place.UdpPort);
        place.Do(0, "init");
        (EndPoint device, byte[] close) = KillAt(place, air, ProvisioningPdu.Data);
        JsonObject left = place.Do(0, "nodes").Single();
        Assert.IsTrue((bool)left["provisional"]!);
        Assert.AreEqual("Lamp", (string)left["name"]!);
        place.Do(3, "config get Lamp ttl --timeout 0.3 --tries 1");

        // The device, whose provisioner is gone, would wait for a minute.
        air.Send(device, close);
        place.Do(0, $"{Provision} --timeout 0.3 --tries 1");
        JsonObject node = place.Do(0, "nodes").Single();
        Assert.IsFalse((bool)node["provisional"]!);
        Assert.AreNotEqual((int)left["address"]!, (int)node["address"]!);
        place.Do(0, "config get Lamp ttl");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Kill_BeforeCompleteIsHeardLeavesANode(bool again)
    {
        using ClientWorkplace place = new(false);
        using HubAir air = new(place.UdpPort);
        string file = place.Folder["export.json"];
        place.Do(0, "init");
        KillAt(place, air, ProvisioningPdu.Complete);
        JsonObject left = place.Do(0, "nodes").Single();
        Assert.IsTrue((bool)left["provisional"]!);
        place.Do(0, $"export {file}");
        Assert.AreEqual(0, JsonNode.Parse(File.ReadAllText(file))!["nodes"]!.AsArray().Count);

        // Whoever asks it knows, and whoever provisions it again does so too.
        if (again)
        {
            Assert.IsTrue((bool)place.Do(0, $"{Provision} --setup 0")[0]["joinedBefore"]!);
            place.Do(0, "onoff Lamp on");
        }
        else
        {
            place.Do(0, "config get Lamp ttl");
        }

        JsonObject node = place.Do(0, "nodes").Single();
        Assert.IsFalse((bool)node["provisional"]!);
        Assert.AreEqual((int)left["address"]!, (int)node["address"]!);
        place.Do(0, $"export {file}");
        Assert.AreEqual(1, JsonNode.Parse(File.ReadAllText(file))!["nodes"]!.AsArray().Count);
    }

    [TestMethod]
    public void Device_ThatRefusesProvisioningDataIsProvisionedAgain()
    {
        using ClientWorkplace place = new(false);
        using HubAir air = new(place.UdpPort);
        int last = 0;
        bool refused = false;
        place.Do(0, "init");
        air.Passes = (from, frame) =>
        {
            if (!IsTransaction(frame))
            {
                return true;
            }

            last = Math.Max(last, frame[TransactionPlace]);

            if (refused || !IsStart(frame, ProvisioningPdu.Data))
            {
                return !refused || frame[0] != AdvertisingData.PbAdv || frame[TransactionPlace] >= DeviceTransaction;
            }

            refused = true;
            Refuse(air, from, frame, last + 1);

            return false;
        };
        place.Do(6, Provision);
        Assert.IsTrue(refused);
        int address = (int)place.Do(0, "nodes").Single(static node => (bool)node["provisional"]!)["address"]!;

        // What a device says of a failure is not authenticated: only when it has shown that it is no node it is given up.
        air.Passes = static (_, _) => true;
        place.Do(0, $"{Provision} --timeout 0.3 --tries 1");
        Assert.AreNotEqual(address, (int)place.Do(0, "nodes").Single(static node => !(bool)node["provisional"]!)["address"]!);
    }

    [TestMethod]
    public void Provisioning_ThatFailsBeforehandUsesNoAddress()
    {
        using ClientWorkplace place = new(false);
        place.Do(0, "init --range 0100-01ff");
        place.Do(6, "provision " + ClientWorkplace.Uuid + " --static ff02030405060708090a0b0c0d0e0f10");
        Assert.AreEqual(0, place.Do(0, "nodes").Count);
        Assert.AreEqual(0x0100, (int)place.Do(0, Provision)[0]["address"]!);
    }

    // Kills the command when the first segment of a PDU is on the air, which the other side does not hear.
    private static (EndPoint Device, byte[] Close) KillAt(ClientWorkplace place, HubAir air, int pdu)
    {
        using ManualResetEventSlim reached = new();
        EndPoint? device = null;
        byte[] close = new byte[1 + GenericProvisioningPdu.MaxLength];
        air.Passes = (from, frame) =>
        {
            if (IsTransaction(frame) && frame[TransactionPlace] >= DeviceTransaction)
            {
                device = from;
            }

            if (!reached.IsSet && IsStart(frame, pdu))
            {
                byte[] body = new byte[GenericProvisioningPdu.MaxLength];
                int count = GenericProvisioningPdu.EncodeLinkClose(BigEndian.ReadUInt32(frame, 1), LinkCloseReason.Fail, body);
                close = [AdvertisingData.PbAdv, .. body.AsSpan(0, count)];
                reached.Set();
            }

            return !reached.IsSet;
        };

        using (new ToolProcess(place.Arguments(Provision)))
        {
            Assert.IsTrue(reached.Wait(Patience), "the device does not come so far");
        }

        air.Passes = static (_, _) => true;

        return (device!, close);
    }

    private static void Refuse(HubAir air, EndPoint provisioner, byte[] data, int transaction)
    {
        uint link = BigEndian.ReadUInt32(data, 1);
        byte[] body = new byte[GenericProvisioningPdu.MaxLength];
        int count = GenericProvisioningPdu.EncodeAcknowledgment(link, data[TransactionPlace], body);
        air.Send(provisioner, [AdvertisingData.PbAdv, .. body.AsSpan(0, count)]);
        count = GenericProvisioningPdu.EncodeSegment(link, transaction, [ProvisioningPdu.Failed, DecryptionFailed], 2, 0, body);
        air.Send(provisioner, [AdvertisingData.PbAdv, .. body.AsSpan(0, count)]);
    }

    private static bool IsTransaction(byte[] frame)
    {
        return frame[0] == AdvertisingData.PbAdv && frame.Length > ControlPlace && (frame[ControlPlace] & 3) < GenericProvisioningPdu.Control;
    }

    private static bool IsStart(byte[] frame, int pdu)
    {
        return IsTransaction(frame) && (frame[ControlPlace] & 3) == 0 && frame.Length > PduPlace && frame[PduPlace] == pdu;
    }
}
