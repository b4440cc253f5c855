using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Kit.Messages;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of parts of access messages: opcodes, key indexes, composition data and fields of one octet.</summary>
internal static class FoundationVectors
{
    private const int MaxVendorOpcode = 0x3F;
    private const int MaxSteps = 0x3F;
    private const int MaxResolution = 3;

    public static void OpcodeOctets(VectorObject input, VectorComparison output)
    {
        int opcode = input.Has("opcode")
            ? input.Address("opcode")
            : Opcode.Vendor((int)input.Number("vendor_opcode", MaxVendorOpcode), input.Address("company"));
        byte[] octets = new byte[3];
        int size = Opcode.Encode(opcode, octets);
        output.Octets("opcode", octets[..size]);
        output.Check(
            Opcode.Size(octets, 0, size) == size && Opcode.Decode(octets, 0, size) == opcode, "the firmware does not read the opcode that it has written");
    }

    public static void KeyIndexOctets(VectorObject input, VectorComparison output)
    {
        List<int> indexes = input.NumberList("indexes", AccessKey.MaxIndex);
        byte[] packed = KeyIndexes.Encode(indexes);
        output.Octets("packed", packed);
        output.Check(KeyIndexes.Decode(packed) is { } read && read.SequenceEqual(indexes), "the kit does not read the key indexes that it has written");
    }

    public static void CompositionPage(VectorObject input, VectorComparison output)
    {
        byte[] page = Page(input).Encode();
        output.Octets("page0", page);
        output.Check(CompositionPage0.Decode(page) is { } read && read.Encode().SequenceEqual(page), "the kit does not read the page that it has written");
    }

    public static CompositionPage0 Page(VectorObject input)
    {
        return new CompositionPage0(
            input.Address("cid"),
            input.Address("pid"),
            input.Address("vid"),
            input.Address("crpl"),
            input.Address("features"),
            [.. input.ObjectList("elements").Select(Element)]);
    }

    public static void Scalar(VectorObject input, VectorComparison output)
    {
        switch (input.Text("transform"))
        {
            case "heartbeat_count_log":
                output.Number("log", Heartbeat.CountLogOf(input.Address("value")));
                break;

            case "heartbeat_period_from_log":
                output.Number("seconds", Heartbeat.PeriodSeconds((int)input.Number("value", Heartbeat.MaxPeriodLog)));
                break;

            case "publish_period":
                PublicationParameters parameters = new(
                    0, PeriodSteps: (int)input.Number("steps", MaxSteps), PeriodResolution: (int)input.Number("resolution", MaxResolution));
                output.Number("octet", parameters.Period);
                output.Number("milliseconds", Publication.PeriodMilliseconds(parameters.Period));
                break;

            case "transmit":
                int count = (int)input.Number("count", 7);
                int steps = (int)input.Number("steps", 31);
                int octet = TransmitParameters.Encode(count, steps);
                output.Number("octet", octet);
                output.Check(
                    TransmitParameters.Count(octet) == count && TransmitParameters.Steps(octet) == steps, "the kit does not read the octet that it has written");
                break;

            default:
                throw new VectorFormatException($"{input.PathOf("transform")} is {input.Text("transform")}, which is not known");
        }
    }

    private static ElementDescription Element(VectorObject element)
    {
        IEnumerable<ModelId> sig = element.NumberList("sig_models", ushort.MaxValue).Select(ModelId.Sig);
        IEnumerable<ModelId> vendor = element.Items("vendor_models").Select(static model => ModelId.Vendor(model[0].GetInt32(), model[1].GetInt32()));

        return new ElementDescription(element.Address("location"), [.. sig, .. vendor]);
    }
}
