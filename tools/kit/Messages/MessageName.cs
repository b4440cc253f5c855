using System.Collections.Generic;
using System.Reflection;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Names of access messages, as the specifications have them but in one word.</summary>
public static class MessageName
{
    private static readonly Dictionary<int, string> s_names = Names();

    /// <summary>The name of a message, or its opcode.</summary>
    public static string Of(int opcode)
    {
        return s_names.TryGetValue(opcode, out string? name) ? name : opcode < 0 ? "no opcode" : $"opcode {opcode:x2}";
    }

    private static Dictionary<int, string> Names()
    {
        Dictionary<int, string> names = [];

        foreach (FieldInfo field in typeof(Opcodes).GetFields())
        {
            names[(int)field.GetRawConstantValue()!] = field.Name;
        }

        foreach (FieldInfo field in typeof(ConfigurationOpcode).GetFields())
        {
            names[(int)field.GetRawConstantValue()!] = "Config" + field.Name;
        }

        return names;
    }
}
