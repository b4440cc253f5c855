using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using MeshNode.Board;
using MeshNode.Hardware;

namespace MeshNode.Tool.Run;

/// <summary>A kind of board of the folder boards/: its chip, and the assembly that is flashed to it.</summary>
/// <param name="Name">As the folder is called.</param>
/// <param name="Profile">Chip and image.</param>
/// <param name="Assembly">Its application.</param>
internal sealed record BoardModel(string Name, BoardProfile Profile, string Assembly)
{
    private const string Type = "MeshNode.ThisBoard";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<BoardModel> All { get; } =
    [
        new("ESP32-DevKitC", BoardProfile.Esp32, "MeshNode.Esp32DevKitC"),
        new("ESP32-S3-DevKitC", BoardProfile.Esp32S3, "MeshNode.Esp32S3DevKitC"),
        new("ESP32-C3-DevKit", BoardProfile.Esp32C3, "MeshNode.Esp32C3DevKit"),
        new("M5Core2", BoardProfile.Esp32, "MeshNode.M5Core2"),
    ];

    /// <summary>What is connected where.</summary>
    public BoardPins Pins()
    {
        return (BoardPins)Call("Pins");
    }

    /// <summary>What its maker has decided.</summary>
    public NodeSettings Settings()
    {
        return (NodeSettings)Call("Settings");
    }

    // All boards have a type of this name, so none is referred to.
    private object Call(string method)
    {
        Assembly assembly = System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, Assembly + ".dll"));

        return assembly.GetType(Type, true)!.GetMethod(method)!.Invoke(null, null)!;
    }
}
