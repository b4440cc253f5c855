using System;
using System.Collections.Generic;

namespace MeshNode.Board.Bluetooth;

/// <summary>
/// NimBLE's host task, which does one thing after the other, and the handshake in which it waits for managed code: the event's number, the
/// mutex around it, and the two seconds after which it goes on alone. See ble.md section 5.
/// </summary>
internal sealed class BleHost(Boot boot)
{
    /// <summary>Milliseconds that the host waits for managed code.</summary>
    public const int HandshakeTime = 2000;

    private const byte BluetoothCategory = 100;
    private const byte AdvertisementDiscovered = 4;
    private const int MutexTime = 1000;
    private const int DiscardableEvents = 8;
    private const int NoEvent = -1;

    private readonly Queue<Job> _jobs = new();
    private bool _isBusy;
    private bool _isMutexLocked;
    private bool _isRunEntered;
    private int _queuedReports;
    private int _eventId = NoEvent;
    private bool _isEventDead;
    private ushort _nextEventId = 1;
    private object? _event;
    private Action<bool>? _waiting;
    private int _waitNumber;

    /// <summary>Error code with which managed code has answered.</summary>
    public int Result { get; private set; }

    /// <summary>What managed code has answered a read with.</summary>
    public byte[] ReadValue { get; private set; } = [];

    /// <summary>Whether a report is on its way to managed code.</summary>
    public bool HasReport => _queuedReports > 0 || _event is AdvertisingPdu || boot.Events.Has(BluetoothCategory, AdvertisementDiscovered);

    /// <summary>Whether the task waits for managed code or the mutex.</summary>
    public bool IsBusy => _isBusy;

    public bool IsMutexLocked => _isMutexLocked;

    private VirtualBoard Board => boot.Board;

    private BleCounters Counters => Board.Bluetooth.Counters;

    /// <summary>Forgets everything: the task is new.</summary>
    public void Reset()
    {
        Counters.ReportsLost += _queuedReports + (_event is AdvertisingPdu && !_isEventDead ? 1 : 0);
        _jobs.Clear();
        _queuedReports = 0;
        _isBusy = false;
        _isMutexLocked = false;
        _eventId = NoEvent;
        _event = null;
        _waiting = null;
        _waitNumber++;
    }

    public void Post(byte type, ushort data1, uint data2)
    {
        boot.Events.Post(BluetoothCategory, type, data1, data2);
    }

    /// <summary>Queues something that is not an advertising report.</summary>
    public void Do(Action action)
    {
        _jobs.Enqueue(new Job(action, false));
        EnterRun();
    }

    /// <summary>Queues a report, or drops it when the host is too far behind.</summary>
    public void Report(AdvertisingPdu pdu)
    {
        if (_queuedReports == DiscardableEvents)
        {
            Counters.ReportsDropped++;

            return;
        }

        _queuedReports++;
        _jobs.Enqueue(new Job(() => HandOver(pdu, AdvertisementDiscovered, 0, handled =>
        {
            if (handled)
            {
                Counters.Reports++;
            }
            else
            {
                Counters.ReportsLost++;
            }
        }), true));
        EnterRun();
    }

    /// <summary>Hands something over to managed code and waits for the answer, without letting the host do anything else.</summary>
    /// <param name="answered">Is told whether there was an answer in time.</param>
    public void HandOver(object item, byte type, ushort data1, Action<bool> answered)
    {
        _isBusy = true;
        Lock(isLocked =>
        {
            if (!isLocked)
            {
                Finish(answered, false);

                return;
            }

            ushort id = _nextEventId++;
            _eventId = id;
            _event = item;
            _isEventDead = false;
            Result = 0;
            ReadValue = [];
            _waiting = answered;
            int number = ++_waitNumber;
            Post(type, data1, id);
            Board.Clock.At(Board.Clock.Now + HandshakeTime, () =>
            {
                if (number == _waitNumber && _waiting != null)
                {
                    Board.Write($"handshake timeout {HandshakeTime} ms");
                    Counters.HandshakeTimeouts++;
                    _waiting = null;
                    _event = null;
                    _isEventDead = true;
                    Finish(answered, false);
                }
            });
        });
    }

    /// <summary>Native part of fetching a report.</summary>
    public AdvertisingPdu? TakeReport(int eventId)
    {
        if (!LockFromManaged())
        {
            return null;
        }

        if (_eventId != eventId)
        {
            return null;
        }

        if (_isEventDead)
        {
            Board.Violate("5", "a report was fetched later than 2 s after it was posted: its memory is another's by now");

            return null;
        }

        AdvertisingPdu? pdu = _event as AdvertisingPdu;
        Signal();

        return pdu;
    }

    /// <summary>Native part of fetching a written value.</summary>
    public byte[] TakeWritten(int eventId)
    {
        if (!LockFromManaged() || _eventId != eventId)
        {
            return [];
        }

        if (_isEventDead)
        {
            Board.Violate("5", "a written value was fetched later than 2 s after it was posted: its memory is another's by now");

            return [];
        }

        return _event is byte[] value ? (byte[])value.Clone() : [];
    }

    /// <summary>Native part of answering a write. With the wrong number it leaves the mutex locked for good.</summary>
    public void AnswerWrite(int eventId, int result)
    {
        if (!LockFromManaged())
        {
            return;
        }

        if (_eventId == eventId && !_isEventDead)
        {
            Result = result;
            Signal();

            return;
        }

        _isMutexLocked = true;
        Board.Violate("5", "Respond was called twice or later than 2 s: the mutex stays locked, Bluetooth is deaf until the stack is started anew");
    }

    /// <summary>Native part of answering a read.</summary>
    public void AnswerRead(int eventId, int result, byte[] value)
    {
        if (!LockFromManaged())
        {
            return;
        }

        if (_eventId == eventId && !_isEventDead)
        {
            Result = result;
            ReadValue = (byte[])value.Clone();
            Signal();

            return;
        }

        Board.Violate("5", "a read was answered twice or later than 2 s");
    }

    private bool LockFromManaged()
    {
        if (_isMutexLocked)
        {
            boot.Scheduler.StayNative(MutexTime);
        }

        return !_isMutexLocked;
    }

    private void Signal()
    {
        Action<bool>? answered = _waiting;
        _waiting = null;
        _waitNumber++;
        _eventId = NoEvent;
        _event = null;
        int number = _waitNumber;

        if (answered != null)
        {
            Board.Clock.At(Board.Clock.Now, () => Lock(isLocked =>
            {
                if (number == _waitNumber)
                {
                    Finish(answered, isLocked);
                }
            }));
        }
    }

    private void Lock(Action<bool> locked)
    {
        if (!_isMutexLocked)
        {
            locked(true);

            return;
        }

        int number = _waitNumber;
        Board.Clock.At(Board.Clock.Now + MutexTime, () =>
        {
            if (number == _waitNumber)
            {
                locked(false);
            }
        });
    }

    private void Finish(Action<bool> answered, bool handled)
    {
        answered(handled);
        _isBusy = false;
        EnterRun();
    }

    private void EnterRun()
    {
        if (!_isRunEntered && !_isBusy)
        {
            _isRunEntered = true;
            Board.Clock.At(Board.Clock.Now, Run);
        }
    }

    private void Run()
    {
        _isRunEntered = false;

        while (!boot.IsOver && !_isBusy && _jobs.TryDequeue(out Job job))
        {
            _queuedReports -= job.IsReport ? 1 : 0;
            job.Action();
        }
    }

    private readonly record struct Job(Action Action, bool IsReport);
}
