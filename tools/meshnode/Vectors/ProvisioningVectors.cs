using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Provisioning;
using MeshNode.Proxy;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of provisioning: the codecs, and whole exchanges with the firmware as the device.</summary>
internal static class ProvisioningVectors
{
    private const int OwnTransaction = 0x80;
    private static readonly byte[] s_prsn = "prsn"u8.ToArray();

    public static void Exchange(VectorObject input, VectorComparison output)
    {
        byte[] invite = input.Octets("invite", 1);
        byte[] capabilities = input.Octets("capabilities", ProvisioningCapabilities.Size);
        byte[] start = input.Octets("start", ProvisioningStart.Size);
        int size = ProvisioningAlgorithm.ValueSize((int)input.Number("algorithm", ProvisioningAlgorithm.HmacSha256));
        byte[] authValue = input.Octets("auth_value", size);
        byte[] provisionerRandom = input.Octets("random_provisioner", size);
        byte[] deviceRandom = input.Octets("random_device", size);
        byte[] provisionerPrivate = PrivateKey(input, "provisioner_private");
        byte[] devicePrivate = PrivateKey(input, "device_private");
        byte[] provisionerPublic = PublicKey(provisionerPrivate);
        byte[] devicePublic = PublicKey(devicePrivate);
        byte[] data = Data(input.Object("provisioning_data"));
        ProvisioningKeys keys = new() { Algorithm = start[0] };

        if (start[0] != input.Number("algorithm", 1))
        {
            throw new VectorFormatException("in.start and in.algorithm contradict each other");
        }

        keys.SetInvite(invite, 0);
        keys.SetCapabilities(capabilities, 0);
        keys.SetStart(start, 0);
        keys.SetProvisionerKey(provisionerPublic, 0);
        keys.SetDeviceKey(devicePublic, 0);
        SharedSecret(provisionerPrivate, devicePublic).CopyTo(keys.SecretAndAuthValue, 0);
        keys.SetAuthValue(authValue);
        keys.DeriveConfirmationKey();
        byte[] provisionerConfirmation = Confirmation(keys, provisionerRandom);
        byte[] deviceConfirmation = Confirmation(keys, deviceRandom);
        byte[] secret = keys.SecretAndAuthValue[..P256.SharedSecretSize];

        output.Octets("provisioner_public", provisionerPublic);
        output.Octets("device_public", devicePublic);
        output.Octets("ecdh_secret", secret);
        output.Octets("confirmation_inputs", keys.ConfirmationInputs);
        output.Octets("confirmation_salt", keys.ConfirmationSalt.AsSpan(0, size));
        output.Octets("confirmation_key", keys.ConfirmationKey.AsSpan(0, size));
        output.Octets("confirmation_provisioner", provisionerConfirmation);
        output.Octets("confirmation_device", deviceConfirmation);

        byte[] salt = new byte[16];
        byte[] nonce = new byte[16];
        byte[] secured = new byte[ProvisioningData.SecuredSize];
        byte[] salted = [.. keys.ConfirmationSalt.AsSpan(0, size), .. provisionerRandom, .. deviceRandom];
        KeyDerivation.S1(salted, 0, salted.Length, salt);
        KeyDerivation.K1(secret, 0, secret.Length, salt, s_prsn, 0, s_prsn.Length, nonce);
        keys.DeriveSession(provisionerRandom, 0, deviceRandom);
        new AesCcm(keys.SessionKey, 0).Encrypt(keys.SessionNonce, null, 0, data, 0, data.Length, secured, 0, ProvisioningData.MicSize);
        output.Octets("provisioning_salt", salt);
        output.Octets("session_key", keys.SessionKey);
        output.Octets("session_nonce_full", nonce);
        output.Octets("session_nonce", keys.SessionNonce);
        output.Octets("device_key", keys.DeviceKey);
        output.Octets("encrypted_data", secured.AsSpan(0, ProvisioningData.Size));
        output.Octets("data_mic", secured.AsSpan(ProvisioningData.Size));
        output.Octets("provisioning_data", data);

        byte[][] sent =
        [
            [ProvisioningPdu.Invite, .. invite],
            [ProvisioningPdu.Start, .. start],
            [ProvisioningPdu.PublicKey, .. provisionerPublic],
            [ProvisioningPdu.Confirmation, .. provisionerConfirmation],
            [ProvisioningPdu.Random, .. provisionerRandom],
            [ProvisioningPdu.Data, .. secured],
        ];

        ProvisioningDevice Device()
        {
            byte[] uuid = input.OctetsOr("device_uuid", new byte[GenericProvisioningPdu.UuidSize]);

            return new ProvisioningDevice(uuid, devicePrivate, deviceRandom, Capabilities(capabilities, start, authValue));
        }

        int mtu = input.Has("att_mtu") ? (int)input.Number("att_mtu", GattService.MaxMtu) : GattService.MaxMtu;

        if (mtu < GattService.MinMtu)
        {
            throw new VectorFormatException($"{input.PathOf("att_mtu")} is less than {GattService.MinMtu}");
        }

        List<(string Sender, List<byte[]> Values)> gatt = ExchangeOverGatt(Device(), sent, mtu);
        output.ObjectList("pb_gatt", gatt.Count, (item, i) =>
        {
            item.Text("sender", gatt[i].Sender);
            item.OctetsList("proxy_pdus", gatt[i].Values);
        });

        output.ObjectList("pdus", gatt.Count, (item, i) =>
        {
            item.Text("sender", gatt[i].Sender);
            item.Octets("pdu", Reassemble(gatt[i].Values));
        });

        ExchangeOverAdvertising(Device(), sent, input, output, keys.DeviceKey);
    }

    public static void Pdu(VectorObject input, VectorComparison output)
    {
        VectorObject fields = input.Object("fields");
        byte Field(string name) => (byte)fields.Number(name, byte.MaxValue);

        byte[] pdu = input.Text("type") switch
        {
            "invite" => [ProvisioningPdu.Invite, Field("attention_duration")],
            "capabilities" => CapabilitiesPdu(fields),
            "start" =>
            [
                ProvisioningPdu.Start,
                Field("algorithm"),
                Field("public_key"),
                Field("auth_method"),
                Field("auth_action"),
                Field("auth_size"),
            ],
            "public_key" => [ProvisioningPdu.PublicKey, .. fields.Octets("x", 32), .. fields.Octets("y", 32)],
            "input_complete" => [ProvisioningPdu.InputComplete],
            "confirmation" => [ProvisioningPdu.Confirmation, .. fields.Octets("confirmation")],
            "random" => [ProvisioningPdu.Random, .. fields.Octets("random")],
            "data" => [ProvisioningPdu.Data, .. fields.Octets("encrypted_data"), .. fields.Octets("mic")],
            "complete" => [ProvisioningPdu.Complete],
            "failed" => [ProvisioningPdu.Failed, Field("error")],
            _ => throw new VectorFormatException($"{input.PathOf("type")} is no Provisioning PDU"),
        };

        output.Octets("pdu", pdu);
        int algorithm = pdu.Length > 17 ? ProvisioningAlgorithm.HmacSha256 : ProvisioningAlgorithm.Cmac;
        int error = ProvisioningPdu.Check(pdu, 0, pdu.Length, algorithm);
        output.Check(error == ProvisioningError.None, $"the firmware finds error {error} in {Convert.ToHexStringLower(pdu)}");
    }

    public static void AuthValueOctets(VectorObject input, VectorComparison output)
    {
        int size = (int)input.Number("size", ProvisioningAlgorithm.MaxValueSize);
        byte[] value = new byte[size];

        if (size is not (16 or ProvisioningAlgorithm.MaxValueSize))
        {
            throw new VectorFormatException($"{input.PathOf("size")} is not 16 or {ProvisioningAlgorithm.MaxValueSize}");
        }

        switch (input.Text("method"))
        {
            case "none":
                break;

            case "static":
                byte[] octets = input.Octets("value");
                AuthValue.EncodeOctets(octets, octets.Length, value, size);
                break;

            case "numeric":
                AuthValue.EncodeNumber((uint)input.Number("value", uint.MaxValue), value, size);
                break;

            case "alphanumeric":
                byte[] text = Encoding.ASCII.GetBytes(input.Text("value"));
                output.Check(text.All(static character => AuthValue.IsAlphanumeric(character)), "the firmware would not take the text");
                AuthValue.EncodeOctets(text, text.Length, value, size);
                break;

            default:
                throw new VectorFormatException($"{input.PathOf("method")} is no authentication method");
        }

        output.Octets("auth_value", value.AsSpan(0, size));
    }

    public static void Segments(VectorObject input, VectorComparison output)
    {
        byte[] pdu = input.Octets("pdu");

        if (pdu.Length is 0 or > ProvisioningPdu.MaxLength)
        {
            throw new VectorFormatException($"{input.PathOf("pdu")} has {pdu.Length} octets");
        }

        uint linkId = (uint)input.NumberOrZero("link_id", uint.MaxValue);
        List<byte[]> segments = Segments(linkId, (int)input.NumberOrZero("transaction", byte.MaxValue), pdu);
        output.Number("fcs", GenericProvisioningPdu.ComputeFcs(pdu, pdu.Length));
        output.OctetsList("segments", [.. segments.Select(static segment => segment[5..])]);
        output.OctetsList("pb_adv", segments);

        GenericProvisioningPdu read = new();
        TransactionReassembler reassembler = new();
        TransactionReassembly last = TransactionReassembly.Ignored;

        foreach (byte[] segment in segments)
        {
            last = read.Decode(segment, 0, segment.Length) ? reassembler.Receive(read, segment) : TransactionReassembly.Ignored;
        }

        output.Check(
            last == TransactionReassembly.Complete && reassembler.Pdu.AsSpan(0, reassembler.Length).SequenceEqual(pdu),
            $"the firmware does not put its own segments together: {last}");
    }

    public static void BearerControl(VectorObject input, VectorComparison output)
    {
        uint linkId = (uint)input.Number("link_id", uint.MaxValue);
        int transaction = (int)input.NumberOrZero("transaction", byte.MaxValue);
        byte[] pdu = new byte[GenericProvisioningPdu.MaxLength];
        int count = input.Text("what") switch
        {
            "link_open" => GenericProvisioningPdu.EncodeLinkOpen(linkId, input.Octets("device_uuid", GenericProvisioningPdu.UuidSize), pdu),
            "link_ack" => GenericProvisioningPdu.EncodeLinkAck(linkId, pdu),
            "link_close" => GenericProvisioningPdu.EncodeLinkClose(linkId, (int)input.NumberOrZero("reason", byte.MaxValue), pdu),
            "transaction_ack" => GenericProvisioningPdu.EncodeAcknowledgment(linkId, transaction, pdu),
            _ => throw new VectorFormatException($"{input.PathOf("what")} is no control message"),
        };

        output.Octets("generic_pdu", pdu.AsSpan(5, count - 5));
        output.Octets("pb_adv", pdu.AsSpan(0, count));
        output.Check(new GenericProvisioningPdu().Decode(pdu, 0, count), "the firmware does not read what it has written");
    }

    /// <summary>Decides with what the vector says that the receiver knows; as the provisioner, too, as far as the firmware has its rules.</summary>
    public static (bool Accepted, string Verdict) ReceivedPdu(VectorObject vector)
    {
        VectorObject state = vector.Object("state");
        byte[] pdu = vector.Octets("pdu");
        int algorithm = (int)state.NumberOrZero("algorithm", ProvisioningAlgorithm.HmacSha256);
        int error = ProvisioningPdu.Check(pdu, 0, pdu.Length, algorithm);

        if (error != ProvisioningError.None)
        {
            return (false, $"error {error}");
        }

        if (!state.NumberList("expected", byte.MaxValue).Contains(pdu[0]))
        {
            return (false, $"error {ProvisioningError.UnexpectedPdu}");
        }

        bool accepted = pdu[0] switch
        {
            ProvisioningPdu.Capabilities => ToCapabilities(pdu.AsSpan(1), [0]) is { IsValid: true },
            ProvisioningPdu.Start => ToCapabilities(state.Octets("capabilities", ProvisioningCapabilities.Size), [0]) is { } capabilities
                && new ProvisioningStart().Decode(pdu, 1, capabilities),
            ProvisioningPdu.PublicKey => P256.IsValidPoint(pdu, 1) && !pdu.AsSpan(1).SequenceEqual(state.Octets("own_public")),
            ProvisioningPdu.Confirmation => !pdu.AsSpan(1).SequenceEqual(state.OctetsOr("own_confirmation", [])),
            ProvisioningPdu.Random => IsConfirmed(state, algorithm, pdu[1..]),
            ProvisioningPdu.Data => IsAuthentic(state, pdu),
            _ => true,
        };

        return (accepted, accepted ? "accepted" : "refused");
    }

    public static (bool Accepted, string Verdict) ReceivedSegments(VectorObject vector)
    {
        long linkId = vector.Object("state").Number("link_id", uint.MaxValue);
        GenericProvisioningPdu read = new();
        TransactionReassembler reassembler = new();
        int transaction = -1;

        foreach (byte[] pdu in vector.OctetsList("pdus"))
        {
            if (!read.Decode(pdu, 0, pdu.Length))
            {
                return (false, PbAdvVerdict.Format.ToString());
            }

            if (read.LinkId != linkId)
            {
                return (false, PbAdvVerdict.OtherLink.ToString());
            }

            if (read.Format is GenericProvisioningPdu.Control or GenericProvisioningPdu.Acknowledgment)
            {
                return (true, PbAdvVerdict.Accepted.ToString());
            }

            if (read.Format == GenericProvisioningPdu.Continuation && transaction >= 0 && read.Transaction != transaction)
            {
                return (false, PbAdvVerdict.Transaction.ToString());
            }

            transaction = read.Transaction;
            TransactionReassembly verdict = reassembler.Receive(read, pdu);

            if (verdict != TransactionReassembly.Incomplete)
            {
                return (verdict == TransactionReassembly.Complete, verdict.ToString());
            }
        }

        return (false, TransactionReassembly.Incomplete.ToString());
    }

    private static List<(string Sender, List<byte[]> Values)> ExchangeOverGatt(ProvisioningDevice device, byte[][] sent, int mtu)
    {
        List<(string Sender, List<byte[]> Values)> exchange = [];
        device.Connect(mtu);

        foreach (byte[] pdu in sent)
        {
            List<byte[]> values = [];
            byte[] value = new byte[mtu - 3];

            for (int position = 0; position < pdu.Length;)
            {
                int count = ProxySegmenter.Encode(ProxyPduType.ProvisioningPdu, pdu, pdu.Length, position, value, value.Length);
                values.Add(value[..count]);
                position += count - 1;
            }

            exchange.Add(("P", values));
            List<byte[]> answer = device.Write(values);

            if (answer.Count > 0)
            {
                exchange.Add(("D", answer));
            }
        }

        return exchange;
    }

    private static void ExchangeOverAdvertising(
        ProvisioningDevice device, byte[][] sent, VectorObject input, VectorComparison output, byte[] deviceKey)
    {
        if (input.NumberOrZero("first_transaction_provisioner", byte.MaxValue) != 0
            || (input.Has("first_transaction_device") && input.Number("first_transaction_device", byte.MaxValue) != OwnTransaction))
        {
            throw new VectorSkippedException("the firmware's transactions begin with 0 and 128");
        }

        uint linkId = (uint)input.NumberOrZero("link_id", uint.MaxValue);
        byte[] control = new byte[GenericProvisioningPdu.MaxLength];
        List<(string Sender, string What, int Transaction, byte[] Pdu, List<byte[]> Pdus)> exchange = [];
        byte[] uuid = input.OctetsOr("device_uuid", new byte[GenericProvisioningPdu.UuidSize]);

        void Provisioner(string what, int transaction, int count, out List<byte[]> answer)
        {
            exchange.Add(("P", what, transaction, [], [control[..count]]));
            answer = device.Send([control[..count]]);
        }

        Provisioner("link_open", 0, GenericProvisioningPdu.EncodeLinkOpen(linkId, uuid, control), out List<byte[]> answer);
        exchange.Add(("D", "link_ack", 0, [], answer));
        int own = OwnTransaction;

        for (int i = 0; i < sent.Length; i++)
        {
            List<byte[]> segments = Segments(linkId, i, sent[i]);
            exchange.Add(("P", "pdu", i, sent[i], segments));
            answer = device.Send(segments);
            exchange.Add(("D", "transaction_ack", i, [], [.. answer.Take(1)]));

            if (answer.Count > 1)
            {
                answer.RemoveAt(0);
                byte[] pdu = [.. answer.SelectMany(static (segment, j) => segment[(j == 0 ? 9 : 6)..])];
                exchange.Add(("D", "pdu", own, pdu, answer));
                Provisioner("transaction_ack", own, GenericProvisioningPdu.EncodeAcknowledgment(linkId, own, control), out _);
                own++;
            }
        }

        Provisioner("link_close", 0, GenericProvisioningPdu.EncodeLinkClose(linkId, LinkCloseReason.Success, control), out _);
        output.Check(device.DeviceKey.AsSpan().SequenceEqual(deviceKey), "the device of the firmware does not get its device key over PB-ADV");
        output.ObjectList("pb_adv", exchange.Count, (item, i) =>
        {
            item.Text("sender", exchange[i].Sender);
            item.Text("what", exchange[i].What);
            item.Number("transaction", exchange[i].Transaction);
            item.Number("fcs", GenericProvisioningPdu.ComputeFcs(exchange[i].Pdu, exchange[i].Pdu.Length));
            item.OctetsList("pdus", exchange[i].Pdus);
        });
    }

    private static List<byte[]> Segments(uint linkId, int transaction, byte[] pdu)
    {
        List<byte[]> segments = [];
        byte[] segment = new byte[GenericProvisioningPdu.MaxLength];

        for (int i = 0; i <= GenericProvisioningPdu.LastSegment(pdu.Length); i++)
        {
            int count = GenericProvisioningPdu.EncodeSegment(linkId, transaction, pdu, pdu.Length, i, segment);
            segments.Add(segment[..count]);
        }

        return segments;
    }

    private static byte[] Reassemble(List<byte[]> values)
    {
        ProxyReassembler reassembler = new();

        foreach (byte[] value in values)
        {
            reassembler.Receive(value, 0, value.Length, 0);
        }

        return reassembler.Message[..reassembler.Length];
    }

    private static byte[] CapabilitiesPdu(VectorObject fields)
    {
        byte[] parameters =
        [
            (byte)fields.Number("elements", byte.MaxValue),
            .. UInt16(fields.Address("algorithms")),
            (byte)fields.Number("public_key_type", byte.MaxValue),
            (byte)fields.Number("oob_type", byte.MaxValue),
            (byte)fields.Number("output_oob_size", byte.MaxValue),
            .. UInt16(fields.Address("output_oob_action")),
            (byte)fields.Number("input_oob_size", byte.MaxValue),
            .. UInt16(fields.Address("input_oob_action")),
        ];

        // What the firmware can offer it writes itself.
        if (ToCapabilities(parameters, [0]) is { } capabilities)
        {
            capabilities.Encode(parameters, 0);
        }

        return [ProvisioningPdu.Capabilities, .. parameters];
    }

    private static byte[] UInt16(int value)
    {
        return [(byte)(value >> 8), (byte)value];
    }

    private static ProvisioningCapabilities Capabilities(byte[] parameters, byte[] start, byte[] authValue)
    {
        if (start[2] is not (AuthenticationMethod.None or AuthenticationMethod.StaticOob) || start[1] != 0)
        {
            throw new VectorSkippedException("exchanges with output or input OOB or an OOB public key are not replayed");
        }

        return ToCapabilities(parameters, authValue) is { IsValid: true } capabilities
            ? capabilities
            : throw new VectorFormatException("in.capabilities are none that a device can have");
    }

    private static ProvisioningCapabilities? ToCapabilities(ReadOnlySpan<byte> parameters, byte[] staticOob)
    {
        const int AllPublicKeyTypes = 0x01;
        const int AllOobTypes = 0x03;

        if ((parameters[3] & ~AllPublicKeyTypes) != 0 || (parameters[4] & ~AllOobTypes) != 0)
        {
            return null;
        }

        byte[]? privateKey = null;

        if (parameters[3] != 0)
        {
            privateKey = new byte[P256.PrivateKeySize];
            privateKey[^1] = 1;
        }

        return new ProvisioningCapabilities
        {
            Elements = parameters[0],
            Algorithms = (parameters[1] << 8) | parameters[2],
            OobPrivateKey = privateKey,
            OobPublicKey = privateKey == null ? null : PublicKey(privateKey),
            StaticOob = (parameters[4] & 1) != 0 ? staticOob : null,
            OnlyOob = (parameters[4] & 2) != 0,
            OutputOobSize = parameters[5],
            OutputOobActions = (parameters[6] << 8) | parameters[7],
            InputOobSize = parameters[8],
            InputOobActions = (parameters[9] << 8) | parameters[10],
        };
    }

    private static byte[] Data(VectorObject fields)
    {
        byte[] data = new byte[ProvisioningData.Size];
        fields.Octets("net_key", 16).CopyTo(data, 0);
        BigEndian.WriteUInt16(data, 16, fields.Address("key_index"));
        data[18] = (byte)fields.Number("flags", byte.MaxValue);
        BigEndian.WriteUInt32(data, 19, fields.IvIndex);
        BigEndian.WriteUInt16(data, 23, fields.Address("unicast_address"));

        return data;
    }

    private static byte[] PrivateKey(VectorObject input, string name)
    {
        byte[] key = input.Octets(name, P256.PrivateKeySize);

        return P256.IsValidPrivateKey(key, 0) ? key : throw new VectorFormatException($"{input.PathOf(name)} is no private key");
    }

    private static byte[] PublicKey(byte[] privateKey)
    {
        P256 p256 = new();
        byte[] key = new byte[P256.PublicKeySize];
        p256.StartKeyPair(privateKey, 0);
        p256.Step(int.MaxValue);
        p256.GetPublicKey(key, 0);

        return key;
    }

    private static byte[] SharedSecret(byte[] privateKey, byte[] publicKey)
    {
        P256 p256 = new();
        byte[] secret = new byte[P256.SharedSecretSize];
        p256.StartSharedSecret(privateKey, 0, publicKey, 0);
        p256.Step(int.MaxValue);
        p256.GetSharedSecret(secret, 0);

        return secret;
    }

    private static byte[] Confirmation(ProvisioningKeys keys, byte[] random)
    {
        byte[] confirmation = new byte[ProvisioningAlgorithm.MaxValueSize];
        keys.Confirm(random, 0, confirmation);

        return confirmation[..keys.ValueSize];
    }

    private static bool IsConfirmed(VectorObject state, int algorithm, byte[] random)
    {
        ProvisioningKeys keys = new() { Algorithm = algorithm };
        byte[] key = state.Octets("confirmation_key", keys.ValueSize);
        key.CopyTo(keys.ConfirmationKey, 0);
        keys.SetAuthValue(state.Octets("auth_value", keys.ValueSize));

        return Confirmation(keys, random).AsSpan().SequenceEqual(state.Octets("peer_confirmation"));
    }

    private static bool IsAuthentic(VectorObject state, byte[] pdu)
    {
        ProvisioningKeys keys = new();
        byte[] data = new byte[ProvisioningData.Size];
        state.Octets("session_key", 16).CopyTo(keys.SessionKey, 0);
        state.Octets("session_nonce", AesCcm.NonceSize).CopyTo(keys.SessionNonce, 0);

        return keys.Decrypt(pdu, 1, data) && new ProvisioningData().Decode(data, 0, 1) == ProvisioningError.None;
    }
}
