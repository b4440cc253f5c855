using System;
using System.Collections.Generic;
using System.Reflection;
using MeshNode.Board.Bluetooth;
using MeshNode.Board.Files;
using MeshNode.Board.Gpio;
using MeshNode.Board.Memory;
using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>
/// An ESP32 board with a stock nanoFramework image: runs an application in the time of its clock, and records what the application must not
/// do. What is in flash outlives a reset; everything else is new at each boot.
/// </summary>
public sealed class VirtualBoard
{
    private readonly List<Violation> _violations = [];
    private readonly List<LogLine> _log = [];
    private Action? _application;

    /// <param name="name">What messages call it.</param>
    /// <param name="address">Public Bluetooth address, 48 bits.</param>
    /// <param name="random">All chance of the board, its random number generator included.</param>
    public VirtualBoard(string name, BoardProfile profile, IBoardClock clock, IBoardRadio radio, ulong address, Random random)
    {
        Name = name;
        Profile = profile;
        Clock = clock;
        Radio = radio;
        Address = address;
        Random = random;
        Memory = new NativeHeap(profile);
        Bluetooth = new BoardBluetooth(this);
        Files = new FlashFileSystem(this);
        Pins = new BoardPins(this);
    }

    /// <summary>A line was written to the debug channel.</summary>
    public event Action<LogLine>? Written;

    /// <summary>A boot ends, whatever ends it: the application can be looked into for the last time.</summary>
    public event Action? Ending;

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Chip and image.</summary>
    public BoardProfile Profile { get; }

    /// <summary>Public Bluetooth address.</summary>
    public ulong Address { get; }

    /// <summary>Account of native memory since reset.</summary>
    public NativeHeap Memory { get; private set; }

    /// <summary>Account of managed allocations since the board was made.</summary>
    public ManagedAccount Allocations { get; } = new();

    /// <summary>Radio and connections.</summary>
    public BoardBluetooth Bluetooth { get; }

    /// <summary>The internal drive.</summary>
    public FlashFileSystem Files { get; }

    /// <summary>Pins.</summary>
    public BoardPins Pins { get; }

    /// <summary>Whether an application runs.</summary>
    public bool IsOn => Boot != null;

    /// <summary>The application of the last boot, if it is an <see cref="ApplicationImage"/>.</summary>
    public Assembly? Application { get; private set; }

    /// <summary>Milliseconds since the last reset, what the application takes for the time; 0 without power.</summary>
    public long UpTime => Boot == null ? 0 : Clock.Now - Boot.Started;

    /// <summary>How often it has booted.</summary>
    public int Boots { get; private set; }

    /// <summary>Native events that found the queue of 128 full, since the board was made.</summary>
    public long LostEvents { get; internal set; }

    /// <summary>What the application must not have done.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The debug channel since the board was made.</summary>
    public IReadOnlyList<LogLine> Log => _log;

    /// <summary>Lines of the debug channel that are kept; 0 for all. What is older is forgotten.</summary>
    public int LogCapacity { get; set; }

    internal IBoardClock Clock { get; }

    internal IBoardRadio Radio { get; }

    internal Random Random { get; }

    internal Boot? Boot { get; private set; }

    /// <summary>Switches the power on: the application starts when the chip has booted.</summary>
    /// <param name="application">Its entry point, run anew at each boot.</param>
    /// <exception cref="InvalidOperationException">It is on.</exception>
    public void PowerOn(Action application)
    {
        if (Boot != null)
        {
            throw new InvalidOperationException($"{Name} is on");
        }

        _application = application;
        Reset();
    }

    /// <summary>Switches the power on with an application whose static fields are new at each boot.</summary>
    /// <exception cref="InvalidOperationException">It is on.</exception>
    public void PowerOn(ApplicationImage application)
    {
        PowerOn(() =>
        {
            Application = application.Load();
            ApplicationImage.Run(Application);
        });
    }

    /// <summary>Value of a static field of the application that was loaded last, to look into it from outside.</summary>
    /// <param name="type">Full name of the type.</param>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    public object? ReadField(string type, string field)
    {
        FieldInfo? info = Application?.GetType(type)?.GetField(field, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);

        return info != null ? info.GetValue(null) : throw new ArgumentException($"{Name} runs nothing that has {type}.{field}");
    }

    /// <summary>Cuts the power: RAM is lost, and what was written to files that are still open.</summary>
    public void PowerOff()
    {
        _application = null;
        EndBoot();
    }

    /// <summary>Cuts the power and switches it on again after a while.</summary>
    public void PowerCycle(int milliseconds = 100)
    {
        Action application = _application ?? throw new InvalidOperationException($"{Name} is off");
        PowerOff();
        Clock.At(Clock.Now + milliseconds, () => PowerOn(application));
    }

    /// <summary>Fails when there are violations.</summary>
    /// <exception cref="BoardViolationException">There are.</exception>
    public void Verify()
    {
        if (_violations.Count > 0)
        {
            throw new BoardViolationException(Name, _violations);
        }
    }

    /// <summary>Forgets the violations, for a test that wants them.</summary>
    public void ClearViolations()
    {
        _violations.Clear();
    }

    internal void Write(string text)
    {
        LogLine line = new(Clock.Now, text);
        _log.Add(line);

        if (LogCapacity > 0 && _log.Count > 2 * LogCapacity)
        {
            _log.RemoveRange(0, _log.Count - LogCapacity);
        }

        Written?.Invoke(line);
    }

    internal void Violate(string section, string message)
    {
        Violation violation = new(Clock.Now, section, message);
        _violations.Add(violation);
        Write("VIOLATION " + violation);
    }

    /// <summary>Ends this boot and begins another; called on a thread of the board, which it unwinds.</summary>
    internal void Reboot()
    {
        EndBoot();
        Clock.At(Clock.Now, () =>
        {
            if (Boot == null && _application != null)
            {
                Reset();
            }
        });

        throw new BoardStoppedException();
    }

    internal void Panic(string reason)
    {
        Violate("", "panic: " + reason);
        Reboot();
    }

    /// <summary>Cuts the power in the middle of what a thread of the board is doing.</summary>
    internal void CutPower()
    {
        _application = null;
        EndBoot();

        throw new BoardStoppedException();
    }

    private void EndBoot()
    {
        if (Boot != null)
        {
            Ending?.Invoke();
        }

        Boot? boot = Boot;
        Boot = null;
        boot?.End();
        Files.OnPowerLost();
        Pins.OnPowerLost();
    }

    private void Reset()
    {
        Boots++;
        Memory = new NativeHeap(Profile);
        Boot boot = new(this);
        Boot = boot;
        Clock.At(Clock.Now + Profile.BootTime, () =>
        {
            if (Boot == boot)
            {
                boot.Start(_application!);
            }
        });
    }
}
