using System;
using System.Collections.Generic;
using MeshNode.Bearers;

namespace MeshNode.Simulation;

/// <summary>
/// The advertising bearer of one device: sends one payload at a time, as often and as fast as it is told, and connectable adverts
/// in between.
/// </summary>
public sealed class VirtualAntenna : IAdvertisingBearer
{
    // Each advertising event comes up to 10 ms late, so that two devices do not keep colliding: advDelay of the Core Specification.
    private const int MaxAdvDelay = 10;
    private const int AirTime = 1;

    private readonly VirtualMesh _mesh;
    private readonly VirtualRadio _radio;
    private readonly Random _random;
    private bool _busy;
    private int _connectableNumber;
    private int _starts;

    internal VirtualAntenna(VirtualMesh mesh, VirtualRadio radio, string name, IRadioListener listener)
    {
        _mesh = mesh;
        _radio = radio;
        _random = mesh.CreateRandom();
        Name = name;
        Listener = listener;
        Address = radio.NextAddress();
    }

    /// <summary>What the trace calls its owner.</summary>
    public string Name { get; }

    /// <summary>Address in its adverts, which a board's duplicate filter goes by.</summary>
    public ulong Address { get; private set; }

    /// <summary>Whether each payload gets a fresh random address, as some stacks do, rather than always the same.</summary>
    public bool HasFreshAddresses { get; set; }

    /// <inheritdoc/>
    public int TransmitCredit => _busy ? 0 : 1;

    internal IRadioListener Listener { get; }

    internal List<RadioLink> Links { get; } = [];

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        if (_busy)
        {
            throw new InvalidOperationException("Send without TransmitCredit");
        }

        if (count > AdvertisingData.MaxPayload)
        {
            throw new ArgumentException($"{count} octets do not fit an advert");
        }

        _busy = true;
        Address = HasFreshAddresses ? _radio.NextAddress() : Address;
        byte[] copy = payload.AsSpan(offset, count).ToArray();
        ScheduleTransmission(type, copy, 1, transmissions, interval, tag, 0);
    }

    /// <inheritdoc/>
    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
        _connectableNumber++;

        if (count > 0)
        {
            ScheduleConnectable(data.AsSpan(0, count).ToArray(), interval, _connectableNumber);
        }
    }

    /// <summary>The power is gone: nothing more is sent of what it was given.</summary>
    internal void Stop()
    {
        _busy = false;
        _starts++;
        _connectableNumber++;
    }

    private void ScheduleTransmission(int type, byte[] payload, int number, int transmissions, int interval, int tag, int wait)
    {
        int start = _starts;
        _mesh.Clock.After(wait + _random.Next(MaxAdvDelay + 1), () =>
        {
            if (start != _starts)
            {
                return;
            }

            _mesh.Trace(new FrameSent(_mesh.Clock.Now, Name, type, payload, number, transmissions));
            _radio.Broadcast(this, type, payload);

            if (number < transmissions)
            {
                ScheduleTransmission(type, payload, number + 1, transmissions, interval, tag, interval);
            }
            else
            {
                _mesh.Clock.After(AirTime, () =>
                {
                    if (start == _starts)
                    {
                        _busy = false;
                        Listener.OnSent(tag);
                    }
                });
            }
        });
    }

    private void ScheduleConnectable(byte[] data, int interval, int number)
    {
        _mesh.Clock.After(interval + _random.Next(MaxAdvDelay + 1), () =>
        {
            if (number == _connectableNumber)
            {
                if (!_busy)
                {
                    _radio.BroadcastConnectable(this, data);
                }

                ScheduleConnectable(data, interval, number);
            }
        });
    }
}
