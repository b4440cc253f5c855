using System;

namespace nanoFramework.Runtime.Events;

/// <summary>Hands events of a native driver to managed code.</summary>
public class NativeEventDispatcher : IDisposable
{
    protected NativeEventHandler threadSpawn;
    protected NativeEventHandler callbacks;
    protected bool disposed;

    public NativeEventDispatcher(string driverName, ulong driverData)
    {
    }

    ~NativeEventDispatcher()
    {
        Dispose(false);
    }

    public event NativeEventHandler OnInterrupt
    {
        add => callbacks += value;
        remove => callbacks -= value;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    public virtual void EnableInterrupt()
    {
    }

    public virtual void DisableInterrupt()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        disposed = true;
    }
}
