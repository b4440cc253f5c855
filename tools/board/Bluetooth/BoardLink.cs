using System;
using System.Collections.Generic;
using System.Linq;

namespace MeshNode.Board.Bluetooth;

/// <summary>A connection to a board, seen from the client: what it does arrives one connection event after the other.</summary>
public sealed class BoardLink
{
    /// <summary>ATT_MTU before it is exchanged, in octets.</summary>
    public const int InitialMtu = 23;

    /// <summary>What the stock image prefers, in octets (section 6).</summary>
    public const int PreferredMtu = 256;

    private const int AttHeaderSize = 3;

    private readonly BleStack _stack;
    private readonly VirtualBoard _board;
    private readonly Queue<(Guid Characteristic, byte[] Value)> _notifications = new();
    private long _lastOperation;
    private bool _isEventPending;

    internal BoardLink(BleStack stack, VirtualBoard board, IBoardCentral central, LinkParameters parameters, ushort handle)
    {
        _stack = stack;
        _board = board;
        Central = central;
        Parameters = parameters;
        Handle = handle;
    }

    /// <summary>The board's number for it.</summary>
    public ushort Handle { get; }

    /// <summary>ATT_MTU in octets.</summary>
    public int Mtu { get; private set; } = InitialMtu;

    /// <summary>Whether it is up.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Notifications that wait for a connection event.</summary>
    public int QueuedNotifications => _notifications.Count;

    internal IBoardCentral Central { get; }

    internal LinkParameters Parameters { get; }

    internal HashSet<Guid> Subscriptions { get; } = [];

    /// <summary>Exchanges the ATT_MTU; the smaller of both wishes holds.</summary>
    public void ExchangeMtu(int mtu)
    {
        Operate(() =>
        {
            Mtu = Math.Clamp(Math.Min(mtu, PreferredMtu), InitialMtu, PreferredMtu);
            _stack.OnMtu(this);
        });
    }

    /// <summary>Writes the Client Characteristic Configuration.</summary>
    public void Subscribe(Guid characteristic, bool enabled)
    {
        Operate(() => _stack.OnSubscribe(this, characteristic, enabled));
    }

    /// <summary>Writes a characteristic; a value that does not fit is sent in prepared writes, which become one.</summary>
    /// <param name="withResponse">Whether the answer is of interest.</param>
    public void Write(Guid characteristic, byte[] value, bool withResponse)
    {
        if (!withResponse && value.Length > Mtu - AttHeaderSize)
        {
            throw new ArgumentException($"{value.Length} octets do not fit ATT_MTU {Mtu}");
        }

        Operate(() => _stack.OnAccess(this, characteristic, value, withResponse));
    }

    /// <summary>Reads a characteristic.</summary>
    public void Read(Guid characteristic)
    {
        Operate(() => _stack.OnAccess(this, characteristic, null, true));
    }

    /// <summary>Looks for a characteristic.</summary>
    /// <returns>Whether the board has it.</returns>
    public bool Discover(Guid service, Guid characteristic)
    {
        return IsOpen && _stack.OnDiscover(service, characteristic);
    }

    /// <summary>Closes the connection from the client's side, or loses it.</summary>
    /// <param name="reason">HCI error code: 0x13 for a client that leaves, 0x08 for a link that was lost, 0x3E for one that was never established.</param>
    public void Disconnect(int reason = 0x13)
    {
        Operate(() =>
        {
            IsOpen = false;
            _stack.OnDisconnect(this, reason);
            Central.OnDisconnected(reason);
        });
    }

    /// <summary>Loses the connection: nothing that is under way arrives any more. Each side notices after its supervision timeout.</summary>
    /// <param name="reason">HCI error code that the board's host is told: 0x08 for a link that was lost, 0x3E for one that was never established.</param>
    public void Lose(int reason = 0x08)
    {
        if (IsOpen)
        {
            Drop(reason, Parameters.SupervisionTimeout);
            _board.Clock.At(_board.Clock.Now + Parameters.SupervisionTimeout, () =>
            {
                if (_stack.Links.Contains(this))
                {
                    _stack.OnDisconnect(this, reason);
                }
            });
        }
    }

    /// <summary>The board ends it, or is dead.</summary>
    internal void Drop(int reason, int delay)
    {
        if (IsOpen)
        {
            IsOpen = false;
            _board.Clock.At(_board.Clock.Now + delay, () => Central.OnDisconnected(reason));
        }
    }

    internal void Notify(Guid characteristic, byte[] value)
    {
        _notifications.Enqueue((characteristic, value));
        ScheduleNotifications();
    }

    private void ScheduleNotifications()
    {
        if (_isEventPending || _notifications.Count == 0)
        {
            return;
        }

        _isEventPending = true;
        _board.Clock.At(_board.Clock.Now + Parameters.Interval, () =>
        {
            _isEventPending = false;

            for (int i = 0; i < Parameters.NotificationsPerEvent && IsOpen && _notifications.TryDequeue(out (Guid Characteristic, byte[] Value) next); i++)
            {
                Central.OnNotified(next.Characteristic, next.Value);
            }

            if (IsOpen)
            {
                ScheduleNotifications();
            }
        });
    }

    private void Operate(Action operation)
    {
        _lastOperation = Math.Max(_lastOperation, _board.Clock.Now) + Parameters.Interval;
        _board.Clock.At(_lastOperation, () =>
        {
            if (IsOpen)
            {
                operation();
            }
        });
    }
}
