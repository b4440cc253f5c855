namespace MeshNode.Simulation;

/// <summary>Opcodes of the Generic OnOff models. See Mesh Model 1.1, section 3.2.1.</summary>
public static class GenericOnOff
{
    public const int Get = 0x8201;
    public const int Set = 0x8202;
    public const int Status = 0x8204;

    public static byte[] Encode(int opcode, params byte[] parameters)
    {
        return [(byte)(opcode >> 8), (byte)opcode, .. parameters];
    }

    /// <summary>Whether a message has an opcode and at least so many octets of parameters.</summary>
    public static bool Is(byte[] payload, int opcode, int parameters)
    {
        return payload.Length >= 2 + parameters && BigEndian.ReadUInt16(payload, 0) == opcode;
    }
}
