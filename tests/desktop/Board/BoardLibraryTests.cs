using System;
using System.IO;
using System.Linq;
using MeshNode.NanoVerify;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>The desktop's nanoFramework libraries declare nothing that the device's do not have.</summary>
[TestClass]
public class BoardLibraryTests
{
    // Internal on the device, whose Type.GetConstructor takes no notice of that; the desktop's does.
    private const string ReflectedConstructor = "public BluetoothLEAdvertisementReceivedEventArgs()";

    [TestMethod]
    [DataRow("nanoFramework.Device.Bluetooth")]
    [DataRow("nanoFramework.Hardware.Esp32")]
    [DataRow("nanoFramework.Runtime.Events")]
    [DataRow("nanoFramework.Runtime.Native")]
    [DataRow("System.Device.Gpio")]
    public void Library_HasOnlyWhatTheDevicesHas(string assembly)
    {
        string[] library = PublicSurface.Read(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        string[] missing = PublicSurface.Missing(library, ReferenceSurfaceTests.Listing(assembly)).Where(l => !l.EndsWith(ReflectedConstructor)).ToArray();

        Assert.AreEqual("", string.Join("\n", missing));
    }

    /// <summary>So that what compiles for the device compiles for the board.</summary>
    [TestMethod]
    [DataRow("nanoFramework.Device.Bluetooth")]
    [DataRow("nanoFramework.Hardware.Esp32")]
    [DataRow("nanoFramework.Runtime.Events")]
    [DataRow("nanoFramework.Runtime.Native")]
    [DataRow("System.Device.Gpio")]
    public void Library_HasWhatTheReferenceSurfaceHas(string assembly)
    {
        string[] surface = PublicSurface.Read(Repository.NanoAssembly(assembly + ".dll")).Where(l => !l.StartsWith("System.Environment")).ToArray();
        string[] library = PublicSurface.Read(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        Assert.AreEqual("", string.Join("\n", PublicSurface.Missing(surface, library)));
    }

    [TestMethod]
    public void BluetoothLibrary_HasTheVersionOfTheDevices()
    {
        Assert.AreEqual("1.1.123.0", typeof(nanoFramework.Device.Bluetooth.BluetoothLEServer).Assembly.GetName().Version.ToString());
    }
}
