using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.IO;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Files;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Events;
using nanoFramework.Runtime.Native;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>Threads, time, resets, pins and flash of a virtual board.</summary>
[TestClass]
public class BoardChipTests
{
    [TestMethod]
    public void Sleep_TakesSimulatedTimeOnly()
    {
        long start = 0;
        long end = 0;
        BoardBench.RunClean(() =>
        {
            start = Chip.TickCount;
            Chip.Sleep(10000);
            end = Chip.TickCount;
        });

        Assert.AreEqual(1000L, start);
        Assert.AreEqual(11000L, end);
    }

    [TestMethod]
    public void Threads_TakeTurnsInTheOrderInWhichTheyBecomeReady()
    {
        List<string> order = [];
        BoardBench.RunClean(() =>
        {
            ChipEvent go = new(false, true);
            Start("a", go);
            Start("b", go);
            Chip.Sleep(10);
            go.Set();
            order.Add("main");
            Chip.Sleep(10);
            go.Set();
        });

        Assert.AreEqual("main a b", string.Join(" ", order));

        void Start(string name, ChipEvent go)
        {
            new ChipThread(() =>
            {
                go.Wait(-1);
                order.Add(name);
            }).Start();
        }
    }

    [TestMethod]
    public void Event_WaitsUntilTheTimeIsOver()
    {
        bool[] results = new bool[3];
        long took = 0;
        BoardBench.RunClean(() =>
        {
            ChipEvent signal = new(true, true);
            results[0] = signal.Wait(100);
            long start = Chip.TickCount;
            results[1] = signal.Wait(100);
            took = Chip.TickCount - start;
            results[2] = signal.Wait(0);
        });

        Assert.AreEqual("True False False", string.Join(" ", results));
        Assert.AreEqual(100L, took);
    }

    [TestMethod]
    public void UnhandledException_IsAViolationAndEndsTheThread()
    {
        BoardBench bench = BoardBench.Run(() => throw new InvalidOperationException("made up"));

        Assert.IsTrue(bench.Board.Violations.Single().Message.Contains("made up"));
        Assert.ThrowsException(typeof(BoardViolationException), () => bench.Board.Verify());
    }

    [TestMethod]
    public void LibraryOffTheBoard_SaysSo()
    {
        Assert.ThrowsException(typeof(InvalidOperationException), () => new GpioController().OpenPin(1));
    }

    [TestMethod]
    public void Reboot_EndsAllThreadsAndBootsAgain()
    {
        int boots = 0;
        int finallies = 0;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            if (++boots == 1)
            {
                new ChipThread(() =>
                {
                    try
                    {
                        Chip.Sleep(100000);
                    }
                    finally
                    {
                        finallies++;
                    }
                }).Start();
                Chip.Sleep(10);
                Power.RebootDevice();
                boots = 100;
            }
        });

        Assert.AreEqual(2, boots);
        Assert.AreEqual(1, finallies);
        Assert.AreEqual(2, bench.Board.Boots);
    }

    [TestMethod]
    public void PowerOff_CannotBeCaught()
    {
        int turns = 0;
        BoardBench bench = BoardBench.Run(() =>
        {
            while (true)
            {
                try
                {
                    Chip.Sleep(10);
                    turns++;
                }
                catch (Exception)
                {
                    Chip.Write("never written");
                }
            }
        }, milliseconds: 2000);
        bench.Board.PowerOff();
        int before = turns;
        bench.Pass(1000);

        Assert.AreEqual(before, turns);
        Assert.AreEqual(0, bench.Board.Log.Count);
    }

    [TestMethod]
    public void SystemInfo_IsThatOfTheImage()
    {
        string name = null;
        BoardBench.Run(() => name = SystemInfo.TargetName + " " + SystemInfo.Platform, BoardProfile.Esp32C3);

        Assert.AreEqual("ESP32_C3 ESP32_C3", name);
    }

    [TestMethod]
    public void NativeMemory_IsThatOfTheAccount()
    {
        uint before = 0;
        uint after = 0;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out before, out _);
            nanoFramework.Device.Bluetooth.BluetoothLEServer.Instance.Start();
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out after, out _);
        });

        Assert.IsTrue(before - after > bench.Board.Profile.StackMemory);
        Assert.AreEqual((int)after, bench.Board.Memory.Free);
    }

    [TestMethod]
    public void OutOfNativeMemory_PanicsAndBootsAgain()
    {
        BoardBench bench = BoardBench.Run(() =>
        {
            nanoFramework.Device.Bluetooth.Advertisement.BluetoothLEAdvertisementPublisher publisher = new(BoardBench.NonConnectable([0x2A, .. new byte[29]]));

            while (true)
            {
                publisher.Start();
            }
        });

        Assert.IsTrue(bench.Board.Boots > 1);
        Assert.IsTrue(bench.Board.Violations[0].Message.Contains("panic"));
    }

    [TestMethod]
    public void Pin_OutputIsSeenFromOutside()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GpioPin pin = new GpioController().OpenPin(4, PinMode.Output);
            pin.Write(PinValue.High);
            pin.Toggle();
            pin.Write(PinValue.High);
        });

        Assert.IsTrue(bench.Board.Pins[4].Level);
        Assert.AreEqual(3, bench.Board.Pins[4].Changes);
    }

    [TestMethod]
    public void Button_IsDebouncedAndItsEdgesComeThroughTheEventSink()
    {
        List<string> edges = [];
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GpioPin pin = new GpioController().OpenPin(0, PinMode.InputPullUp);
            pin.DebounceTimeout = TimeSpan.FromMilliseconds(30);
            pin.ValueChanged += (_, e) => edges.Add($"{e.ChangeType} {Chip.TickCount - 2000}");
        }, 2000);
        bench.Board.Pins[0].Press(5);
        bench.Pass(10);
        bench.Board.Pins[0].Press(100);
        bench.Pass(1000);

        Assert.AreEqual("Falling 40, Rising 140", string.Join(", ", edges));
    }

    [TestMethod]
    public void ListenerOfACategory_ReplacesTheOneBefore()
    {
        RecordingListener[] listeners = [new(), new()];
        BoardBench.RunClean(() =>
        {
            EventSink.AddEventListener(EventCategory.Custom, listeners[0]);
            EventSink.AddEventListener(EventCategory.Custom, listeners[1]);
            EventSink.PostManagedEvent((byte)EventCategory.Custom, 7, 3, 9);
        });

        Assert.AreEqual(0, listeners[0].Events.Count);
        Assert.AreEqual(7, (int)listeners[1].Events.Single().Message);
    }

    [TestMethod]
    public void File_IsDurableWhenClosedNotWhenWritten()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            OpenFile kept = Chip.Files.Open(@"I:\kept");
            kept.Write([1, 2, 3], 0, 3);
            kept.Close();
            OpenFile lost = Chip.Files.Open(@"I:\kept");
            lost.Write([9, 9, 9, 9], 0, 4);
            Chip.Sleep(100000);
        });
        bench.Board.PowerOff();

        Assert.AreEqual("01-02-03", BitConverter.ToString(bench.Board.Files.Read(@"I:\kept")));
    }

    [TestMethod]
    public void Flash_IsFullAtItsSize()
    {
        bool threw = false;
        BoardBench.RunClean(() =>
        {
            OpenFile file = Chip.Files.Open(@"I:\big");

            try
            {
                file.SetLength(Chip.Board.Profile.FlashSize);
            }
            catch (IOException)
            {
                threw = true;
            }
        });

        Assert.IsTrue(threw);
    }

    [TestMethod]
    public void Flash_FailsWhenTold()
    {
        string outcome = "";
        BoardBench bench = new();
        bench.Board.Files.Fault = (operation, _) => operation == FlashOperation.Rename ? FlashFault.Failure : FlashFault.None;
        bench.Board.PowerOn(() =>
        {
            Chip.Files.Open(@"I:\a").Close();

            try
            {
                Chip.Files.Move(@"I:\a", @"I:\b");
            }
            catch (IOException)
            {
                outcome = string.Join(" ", Chip.Files.FilesIn(FlashFileSystem.Root));
            }
        });
        bench.Pass(3000);

        Assert.AreEqual(@"I:\a", outcome);
    }

    [TestMethod]
    public void Account_TellsTheApplicationsAllocationsFromTheLibrarys()
    {
        long application = 0;
        long library = 0;
        BoardBench.RunClean(() =>
        {
            MeshNode.Board.Memory.ManagedAccount account = Chip.Board.Allocations;
            nanoFramework.Device.Bluetooth.Advertisement.BluetoothLEAdvertisementPublisher publisher = new(BoardBench.NonConnectable(0x2A, 1));
            publisher.Start();
            Chip.Sleep(1);
            (long applicationBefore, long libraryBefore) = (account.ApplicationOctets, account.LibraryOctets);

            for (int i = 0; i < 10; i++)
            {
                publisher.Start();
            }

            Chip.Sleep(1);
            application = account.ApplicationOctets - applicationBefore;
            library = account.LibraryOctets - libraryBefore;
        });

        Assert.AreEqual(0L, application);
        Assert.IsTrue(library > 1000, library.ToString());
    }

    private sealed class RecordingListener : IEventListener
    {
        public List<BaseEvent> Events { get; } = [];

        public void InitializeForEventSource()
        {
        }

        public bool OnEvent(BaseEvent ev)
        {
            Events.Add(ev);

            return true;
        }
    }
}
