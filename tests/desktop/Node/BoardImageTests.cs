using System;
using System.IO;
using System.Linq;
using MeshNode.Board;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The applications of boards/, as they are flashed: the pins, and that they start.</summary>
[TestClass]
public class BoardImageTests
{
    [TestMethod]
    [DataRow("ESP32-DevKitC", "Esp32DevKitC", 2, 4, 0)]
    [DataRow("ESP32-S3-DevKitC", "Esp32S3DevKitC", 4, 5, 0)]
    [DataRow("ESP32-C3-DevKit", "Esp32C3DevKit", 4, 5, 9)]
    [DataRow("M5Core2", "M5Core2", 32, 33, 27)]
    public void Image_StartsAndDrivesItsPins(string name, string image, int lamp, int status, int button)
    {
        VirtualMesh mesh = new(2);
        MeshBoard board = mesh.AddBoard(name, name.Contains("S3") ? BoardProfile.Esp32S3 : name.Contains("C3") ? BoardProfile.Esp32C3 : BoardProfile.Esp32);
        board.Board.PowerOn(new ApplicationImage(Path.Combine(AppContext.BaseDirectory, $"MeshNode.{image}.dll")));

        // Where the board has a resistor.
        board.Board.Pins[button].Drive(true);
        mesh.Clock.RunUntil(6000);
        Assert.AreEqual("MeshNode 0.1.0.0, " + name, board.Board.Log[0].Text[13..]);
        Assert.IsTrue(board.Board.Log.Any(l => l.Text.EndsWith("waits to be provisioned")));
        Assert.IsTrue(board.Board.Pins[lamp].IsOutput && !board.Board.Pins[lamp].Level);
        Assert.IsTrue(board.Board.Pins[status].Changes >= 4);

        board.Board.Pins[button].Drive(false);
        mesh.Clock.RunUntil(6200);
        board.Board.Pins[button].Drive(true);
        mesh.Clock.RunUntil(7000);
        Assert.IsTrue(board.Board.Pins[lamp].Level);
        Assert.AreEqual(1.0, board.Board.Pins[lamp].Duty);
        board.Board.Verify();
    }
}
