using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using MeshNode.Board.Bluetooth;
using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>The time between a reset of a board and the next: everything that is in its RAM.</summary>
internal sealed class Boot
{
    private static readonly string[] s_libraries = ["nanoFramework.Runtime.Events", "System.Device.Gpio", "nanoFramework.Device.Bluetooth"];
    private static readonly List<Action> s_initialisers = [];

    private readonly Dictionary<Type, object> _states = [];

    public Boot(VirtualBoard board)
    {
        Board = board;
        Started = board.Clock.Now;
        Scheduler = new Scheduler(this);
        Events = new NativeEvents(this);
        Bluetooth = new BleStack(this);
    }

    public VirtualBoard Board { get; }

    /// <summary>Time of the reset.</summary>
    public long Started { get; }

    public Scheduler Scheduler { get; }

    public NativeEvents Events { get; }

    public BleStack Bluetooth { get; }

    public bool IsOver { get; private set; }

    /// <summary>Code that each boot runs before the application's, as the CLR runs static constructors.</summary>
    public static void AddInitialiser(Action initialiser)
    {
        s_initialisers.Add(initialiser);
    }

    /// <summary>What a library would keep in static fields.</summary>
    public T State<T>()
        where T : class, new()
    {
        if (!_states.TryGetValue(typeof(T), out object? state))
        {
            state = new T();
            _states.Add(typeof(T), state);
        }

        return (T)state;
    }

    public void Start(Action main)
    {
        LoadLibraries();
        new BoardThread(this, "main", () =>
        {
            foreach (Action initialiser in s_initialisers)
            {
                initialiser();
            }

            main();
            Board.Write("The application's entry point has returned.");
        }).Start();
    }

    /// <summary>Everything in RAM is gone.</summary>
    public void End()
    {
        IsOver = true;
        Bluetooth.OnPowerLost();

        if (BoardThread.Current == null)
        {
            Scheduler.Stop();
        }
        else
        {
            Board.Clock.At(Board.Clock.Now, Scheduler.Stop);
        }
    }

    public void ThrowIfOver()
    {
        if (IsOver)
        {
            throw new BoardStoppedException();
        }
    }

    public void AfterTurn()
    {
        Bluetooth.AfterTurn();
    }

    public void OnUnhandled(BoardThread thread, Exception e)
    {
        Board.Write($"Unhandled exception on thread {thread.Name}: {e}");
        Board.Violate("", $"thread {thread.Name} has died of {e.GetType().Name}: {e.Message} {e.StackTrace}");
    }

    // A library enters its initialisers when it is loaded; an application may use one before it has touched another.
    private static void LoadLibraries()
    {
        foreach (string library in s_libraries)
        {
            RuntimeHelpers.RunModuleConstructor(Assembly.Load(library).ManifestModule.ModuleHandle);
        }
    }
}
