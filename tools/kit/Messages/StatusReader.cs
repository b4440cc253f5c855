using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace MeshNode.Kit.Messages;

/// <summary>Reads whatever status message an access payload is.</summary>
public static class StatusReader
{
    private delegate object? Decoder(ReadOnlySpan<byte> payload);

    private static readonly List<Decoder> s_decoders = Decoders();

    /// <summary>The status message, or <see langword="null"/> when it is none that the kit knows.</summary>
    public static object? Read(ReadOnlySpan<byte> payload)
    {
        foreach (Decoder decoder in s_decoders)
        {
            if (decoder(payload) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private static List<Decoder> Decoders()
    {
        MethodInfo make = typeof(StatusReader).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;

        return
        [
            .. typeof(StatusReader).Assembly.GetTypes()
                .Where(static type => type.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStatusMessage<>)))
                .Select(type => (Decoder)make.MakeGenericMethod(type).Invoke(null, null)!),
        ];
    }

    private static Decoder Make<T>()
        where T : class, IStatusMessage<T>
    {
        return static payload => T.Decode(payload);
    }
}
