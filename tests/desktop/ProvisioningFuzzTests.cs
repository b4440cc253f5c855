using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Fakes;
using MeshNode.Provisioning;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// Fuzzing of everything that a stranger can send to an unprovisioned device: PB-ADV PDUs, attribute values, Provisioning PDUs, and what is
/// behind the session key. Over two million inputs, the same in every run; MESHNODE_FUZZ=100 makes a hundred times as many.
/// </summary>
/// <remarks>
/// Whatever comes: no exception, no change of state by what is refused, the error that can be told in advance, and the device can be
/// provisioned afterwards.
/// </remarks>
[TestClass]
public class ProvisioningFuzzTests
{
    private static readonly string[] s_exchange =
    [
        Exchange.InvitePdu, Exchange.CmacStartPdu, Exchange.ProvisionerKeyPdu, Exchange.CmacProvisionerConfirmationPdu,
        Exchange.CmacProvisionerRandomPdu, Exchange.CmacDataPdu,
    ];

    private static int Factor => int.TryParse(Environment.GetEnvironmentVariable("MESHNODE_FUZZ"), out int factor) ? factor : 1;

    [TestMethod]
    public void PbAdv_DamagedAndRandomOctets()
    {
        Random random = new(1);
        int[] met = new int[(int)PbAdvVerdict.Segment + 1];

        for (int round = 0; round < 1000 * Factor; round++)
        {
            PbAdvNode node = new(ProvisioningAlgorithm.CmacFlag);
            node.Open();

            for (int i = 0; i < 1000; i++)
            {
                string pdu = s_exchange[random.Next(3)];
                byte[] genuine = Convert.FromHexString(PbAdvNode.Segment(random.Next(4), pdu, random.Next(GenericProvisioningPdu.LastSegment(pdu.Length / 2) + 1)));
                byte[] input = random.Next(8) == 0 ? RandomOctets(random, random.Next(40)) : Damage(random, genuine);

                if (random.Next(2) == 0 && input.Length > 4)
                {
                    genuine.AsSpan(0, 4).CopyTo(input);
                }

                (ProvisioneeState, int, int, bool) before = (node.Provisionee.State, node.Fake.Failures, node.Fake.LinksClosed, node.Bearer.IsOpen);
                PbAdvVerdict verdict = node.Receive(Convert.ToHexStringLower(input));
                met[(int)verdict]++;

                if (verdict != PbAdvVerdict.Accepted)
                {
                    Assert.AreEqual(before, (node.Provisionee.State, node.Fake.Failures, node.Fake.LinksClosed, node.Bearer.IsOpen));
                }

                // Nobody without the random numbers gets further than that.
                Assert.AreEqual(0, node.Fake.Provisioned);

                if (node.Provisionee.State >= ProvisioneeState.PublicKey)
                {
                    node.Receive("23af5850000b00");
                }

                if (!node.Bearer.IsOpen)
                {
                    node.Open();
                }

                if (random.Next(16) == 0)
                {
                    node.Run(random.Next(60));
                }
            }

            node.Receive("23af5850000b00");
            node.Fake.Compute(node.Now);
            node.Open();

            for (int i = 0; i < s_exchange.Length; i++)
            {
                Assert.AreEqual(PbAdvVerdict.Accepted, node.Send(i, s_exchange[i]));
                node.Run(100);
            }

            Assert.AreEqual(Exchange.CmacDeviceKey, node.Fake.DeviceKey);
        }

        // A transaction is repeated, or a link opened twice, in some of the inputs.
        Assert.AreEqual("", string.Join(' ', Enumerable.Range(0, met.Length).Where(verdict => met[verdict] == 0 && verdict != (int)PbAdvVerdict.Busy)));
    }

    [TestMethod]
    public void PbGatt_DamagedAndRandomOctets()
    {
        Random random = new(2);
        FakeProvisioner fake = new();
        FakeGattBearer gatt = new();
        fake.Capabilities.Algorithms = ProvisioningAlgorithm.CmacFlag;
        PbGattBearer bearer = new(gatt, fake.Start());
        fake.Compute(0);
        bearer.OnConnected(0, 0);
        bearer.OnSubscribed(true);

        for (int i = 0; i < 200_000 * Factor; i++)
        {
            byte[] pdu = Convert.FromHexString("03" + s_exchange[random.Next(3)]);
            byte[] value = random.Next(4) == 0 ? RandomOctets(random, random.Next(80)) : Damage(random, pdu);

            if (value.Length > 0 && random.Next(2) == 0)
            {
                value[0] = (byte)((random.Next(4) << 6) | 3);
            }

            (ProvisioneeState, int, int) before = (fake.Provisionee.State, fake.Sent, fake.Failures);
            int notified = gatt.Count;
            PbGattVerdict verdict = bearer.OnWritten(value, 0, value.Length, 0);

            if (verdict != PbGattVerdict.Accepted)
            {
                Assert.AreEqual(before, (fake.Provisionee.State, fake.Sent, fake.Failures));
                Assert.AreEqual(notified, gatt.Count);
            }

            if (verdict == PbGattVerdict.Violation || fake.Provisionee.State >= ProvisioneeState.PublicKey)
            {
                bearer.OnDisconnected(0);
                fake.Compute(0);
                bearer.OnConnected(0, 0);
                bearer.OnSubscribed(true);
            }
        }

        Assert.AreEqual(0, fake.Provisioned);
    }

    [TestMethod]
    public void Provisionee_AnyPduBeforeTheKeys()
    {
        Random random = new(3);
        FakeProvisioner fake = new();
        fake.Capabilities.StaticOob = new byte[16];
        fake.Capabilities.OutputOobSize = 4;
        fake.Capabilities.OutputOobActions = 0x0A;
        fake.Capabilities.InputOobSize = 7;
        fake.Capabilities.InputOobActions = 0x05;
        fake.Open(ProvisioningAlgorithm.CmacFlag | ProvisioningAlgorithm.HmacSha256Flag);
        HashSet<int> met = [];

        for (int i = 0; i < 1_000_000 * Factor; i++)
        {
            byte[] genuine = Convert.FromHexString(s_exchange[random.Next(s_exchange.Length)]);
            byte[] pdu = random.Next(8) switch
            {
                0 => RandomOctets(random, random.Next(70)),
                1 => [2, (byte)random.Next(3), (byte)random.Next(2), (byte)random.Next(5), (byte)random.Next(6), (byte)random.Next(10)],
                2 => Convert.FromHexString(Exchange.InvitePdu),
                _ => Damage(random, genuine),
            };

            ProvisioneeState state = fake.Provisionee.State;
            int failures = fake.Failures;
            int expected = Predict(state, pdu);
            int error = fake.Receive(Convert.ToHexStringLower(pdu), 0);
            met.Add(error);

            Assert.AreEqual(expected, error, Convert.ToHexStringLower(pdu));
            Assert.AreEqual(failures + (error == 0 ? 0 : 1), fake.Failures);
            Assert.IsTrue(error == 0 || fake.LastSent == $"09{error:x2}");

            if (fake.Provisionee.State >= ProvisioneeState.PublicKey)
            {
                fake.Provisionee.Close(0);
                fake.Compute(0);
                fake.Provisionee.Open(fake, 0);
            }
        }

        Assert.AreEqual(4, met.Count);
        Assert.AreEqual(0, fake.Provisioned);
    }

    [TestMethod]
    public void Provisionee_KeyedMutations()
    {
        Random random = new(4);
        Dictionary<int, int> met = [];

        for (int i = 0; i < 5000 * Factor; i++)
        {
            FakeProvisioner fake = new();
            fake.Capabilities.Elements = random.Next(1, 4);
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            byte[] capabilities = new byte[12];
            capabilities[0] = 1;
            fake.Capabilities.Encode(capabilities, 1);
            ProvisionerSide side = new(Convert.ToHexStringLower(capabilities), Exchange.CmacStartPdu, "");
            byte[] data = RandomOctets(random, ProvisioningData.Size);
            data[16] &= (byte)(random.Next(4) == 0 ? 0xFF : 0x0F);
            data[23] = (byte)(random.Next(4) == 0 ? data[23] : random.Next(2) == 0 ? 0x7F : data[23] & 0x7F);
            data[24] = (byte)(data[23] == 0x7F ? random.Next(0xFC, 0x100) : data[24]);
            string[] answers = new string[6];
            int mutated = random.Next(2, 8);
            int error = 0;

            for (int step = 0; step < 6 && error == 0; step++)
            {
                string pdu = step switch
                {
                    0 => Exchange.InvitePdu,
                    1 => Exchange.CmacStartPdu,
                    2 => Exchange.ProvisionerKeyPdu,
                    3 => side.Confirmation(),
                    4 => side.Random(),
                    _ => side.Data(Convert.ToHexStringLower(data), Exchange.CmacDeviceRandomPdu),
                };

                byte[] octets = Convert.FromHexString(pdu);

                if (step == mutated)
                {
                    // Of the right type and length, so that it is looked into.
                    octets[random.Next(1, octets.Length)] ^= (byte)random.Next(1, 256);
                }

                error = fake.Receive(Convert.ToHexStringLower(octets), 0);

                if (step == 2 && error == 0)
                {
                    fake.Compute(0);
                }

                if (step == mutated)
                {
                    // A confirmation is found out when its random number comes.
                    Assert.AreEqual(step == 2 ? 2 : step == 3 ? 0 : step == 4 ? 4 : 6, error);
                }
            }

            int address = (data[23] << 8) | data[24];
            int expected = mutated switch
            {
                2 => 2,
                3 or 4 => 4,
                5 => 6,
                _ => data[16] > 0x0F || address is 0 or > 0x7FFF ? 9 : address + fake.Capabilities.Elements - 1 > 0x7FFF ? 8 : 0,
            };

            Assert.AreEqual(expected, error);
            Assert.AreEqual(expected == 0 ? 2 : 0, fake.Provisioned);
            Assert.AreEqual(expected == 0 ? ProvisioneeState.Complete : ProvisioneeState.Failed, fake.Provisionee.State);
            met[expected] = met.GetValueOrDefault(expected) + 1;
        }

        Assert.AreEqual("0 2 4 6 8 9", string.Join(' ', met.Keys.Order()));
    }

    /// <summary>PBADV: any PDU of either side may be lost, and any may come twice.</summary>
    [TestMethod]
    public void PbAdv_LossAndRepetition()
    {
        for (int seed = 0; seed < 100 * Factor; seed++)
        {
            Random random = new(seed);
            PbAdvNode node = new(ProvisioningAlgorithm.CmacFlag);
            int transaction = 0;
            int acknowledged = -1;
            int answered = 0;
            bool isOpen = false;

            // Answers that must be there before the next PDU: Capabilities, nothing for Start, the public key, and so on.
            int[] answers = [1, 1, 2, 3, 4, 5];

            for (int slot = 0; slot < 600 && node.Fake.Provisioned == 0; slot++)
            {
                string pdu = s_exchange[transaction];
                int segments = GenericProvisioningPdu.LastSegment(pdu.Length / 2) + 1;

                for (int i = 0; i < segments; i++)
                {
                    for (int copies = random.Next(10) switch { < 4 => 0, < 8 => 1, _ => 2 }; copies > 0; copies--)
                    {
                        node.Receive(isOpen ? PbAdvNode.Segment(transaction, pdu, i) : PbAdvNode.LinkOpen);
                    }
                }

                node.Run(100);

                for (string sent = node.Next(); sent != ""; sent = node.Next())
                {
                    int number = Convert.ToInt32(sent.Substring(8, 2), 16);

                    if (random.Next(10) < 4)
                    {
                        continue;
                    }

                    if (number >= 0x80)
                    {
                        // One segment stands for the whole answer: the provisioner's reassembly is not what is tested.
                        answered = Math.Max(answered, number - 0x80 + 1);

                        if (random.Next(10) < 6)
                        {
                            node.Receive(PbAdvNode.Acknowledgment(number));
                        }
                    }
                    else if (sent == PbAdvNode.LinkAck)
                    {
                        isOpen = true;
                    }
                    else
                    {
                        acknowledged = Math.Max(acknowledged, number);
                    }
                }

                if (acknowledged == transaction && answered >= answers[transaction] && transaction < 5)
                {
                    transaction++;
                }
            }

            Assert.AreEqual(Exchange.CmacDeviceKey, node.Fake.DeviceKey, $"seed {seed}");
            Assert.AreEqual(0, node.Fake.Failures);
        }
    }

    // Written from section 5.4, not from the firmware.
    private static int Predict(ProvisioneeState state, byte[] pdu)
    {
        if (state == ProvisioneeState.Failed)
        {
            return 3;
        }

        if (pdu.Length == 0 || pdu[0] > 9)
        {
            return 1;
        }

        if (pdu[0] != (state == ProvisioneeState.Invite ? 0 : 2))
        {
            return 3;
        }

        if (state == ProvisioneeState.Invite)
        {
            return pdu.Length == 2 ? 0 : 2;
        }

        if (pdu.Length != 6 || pdu[1] > 1 || pdu[2] != 0)
        {
            return 2;
        }

        return (pdu[3], pdu[4], pdu[5]) switch
        {
            (0 or 1, 0, 0) => 0,
            (2, 1 or 3, >= 1 and <= 4) => 0,
            (3, 0 or 2, >= 1 and <= 7) => 0,
            _ => 2,
        };
    }

    private static byte[] RandomOctets(Random random, int count)
    {
        byte[] octets = new byte[count];
        random.NextBytes(octets);

        return octets;
    }

    private static byte[] Damage(Random random, byte[] genuine)
    {
        byte[] octets = [.. genuine];

        switch (random.Next(6))
        {
            case 0:
                return octets[..random.Next(octets.Length)];

            case 1:
                return [.. octets, .. RandomOctets(random, random.Next(1, 8))];

            case 2:
                octets[random.Next(octets.Length)] = (byte)random.Next(256);

                return octets;

            case 3:
                octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));

                return octets;

            case 4:
                octets[random.Next(Math.Min(octets.Length, 10))] = (byte)random.Next(256);
                octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));

                return octets;

            default:
                return octets;
        }
    }
}
