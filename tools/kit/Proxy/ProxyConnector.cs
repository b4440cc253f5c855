using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Networks;

namespace MeshNode.Kit.Proxy;

/// <summary>Finds proxies of the network by what they advertise, keeps one or two of them connected, and comes back when a connection is lost.</summary>
/// <remarks>A proxy that cannot be connected, or that does not last, is tried again after a second, then after twice as long, and so on.</remarks>
public sealed class ProxyConnector
{
    private const int AdvertLifetime = 15000;
    private const int ConnectTimeout = 15000;
    private const int FirstBackOff = 1000;
    private const int LongestBackOff = 60000;
    private const int Lasting = 30000;

    private readonly MeshNetwork _network;
    private readonly ProxyClientBearer _bearer;
    private readonly IGattCentral _central;
    private readonly Dictionary<string, Candidate> _candidates = [];
    private Candidate? _pending;
    private long? _begunAt;

    public ProxyConnector(MeshNetwork network, ProxyClientBearer bearer, IGattCentral central)
    {
        _network = network;
        _bearer = bearer;
        _central = central;
    }

    /// <summary>How many proxies it keeps connected, 0 to 2.</summary>
    public int Wanted { get; set; } = 1;

    /// <summary>The node to be preferred, by its primary address, when it shows itself by Node Identity, or <see langword="null"/>.</summary>
    public int? Preferred { get; set; }

    /// <summary>Milliseconds that the preferred node is waited for before another proxy is taken.</summary>
    public int PreferredTime { get; set; }

    /// <summary>The proxies that were heard of late.</summary>
    public IEnumerable<string> Known => _candidates.Keys;

    /// <summary>A connectable advert of the Mesh Proxy Service.</summary>
    /// <param name="serviceData">Service data without the UUID. Copied.</param>
    /// <returns>What it is, or <see langword="null"/> when it is of another network.</returns>
    public ProxyIdentity? OnAdvert(string advertiser, byte[] serviceData, long now)
    {
        if (!_candidates.TryGetValue(advertiser, out Candidate? candidate))
        {
            candidate = new Candidate(advertiser);
        }

        if (!candidate.ServiceData.AsSpan().SequenceEqual(serviceData))
        {
            candidate.ServiceData = [.. serviceData];
            candidate.Identity = ProxyIdentity.Match(_network, candidate.ServiceData);
        }

        candidate.HeardAt = now;

        if (candidate.Identity != null)
        {
            _candidates[advertiser] = candidate;
        }

        return candidate.Identity;
    }

    /// <summary>The connection is there, and notifications of Data Out are enabled.</summary>
    public void OnConnected(string advertiser, IGattConnection connection, long now)
    {
        if (_pending?.Advertiser != advertiser)
        {
            connection.Disconnect();

            return;
        }

        _pending.Connection = connection;
        _pending.ConnectedAt = now;
        _bearer.OnConnected(connection, now, _pending.Identity!.NetKeyIndex);
        _pending = null;
    }

    /// <summary>It could not be connected.</summary>
    public void OnConnectFailed(string advertiser, long now)
    {
        if (_pending?.Advertiser == advertiser)
        {
            _pending.BackOff(now);
            _pending = null;
        }
    }

    /// <summary>A connection is gone.</summary>
    public void OnDisconnected(IGattConnection connection, long now)
    {
        _bearer.OnDisconnected(connection);

        if (_candidates.Values.FirstOrDefault(candidate => candidate.Connection == connection) is { } lost)
        {
            lost.Connection = null;

            if (now - lost.ConnectedAt >= Lasting)
            {
                lost.Attempts = 0;
            }

            lost.BackOff(now);
        }
    }

    /// <summary>Connects to a particular proxy and then gives up the present one: make before break.</summary>
    /// <returns><see langword="false"/> when it is not heard, or connected already.</returns>
    public bool MoveTo(string advertiser, long now)
    {
        if (!_candidates.TryGetValue(advertiser, out Candidate? candidate) || candidate.Connection != null || _pending != null)
        {
            return false;
        }

        Connect(candidate, now);
        candidate.HandsOver = true;

        return true;
    }

    /// <summary>Connects when that is due.</summary>
    /// <returns>When to call again.</returns>
    public long Tick(long now)
    {
        if (_pending != null && now - _pending.TriedAt >= ConnectTimeout)
        {
            OnConnectFailed(_pending.Advertiser, now);
        }

        foreach (Candidate candidate in _candidates.Values.Where(c => c.Connection == null && c != _pending && now - c.HeardAt > AdvertLifetime).ToArray())
        {
            _candidates.Remove(candidate.Advertiser);
        }

        foreach (Candidate candidate in _candidates.Values.Where(static c => c.HandsOver && c.Connection != null))
        {
            candidate.HandsOver = false;
            _bearer.HandOver();
        }

        _begunAt ??= now;

        if (_pending == null && _bearer.Connections < Wanted)
        {
            bool waits = Preferred != null && now - _begunAt < PreferredTime;
            Candidate? best = _candidates.Values
                .Where(candidate => candidate.Connection == null && now >= candidate.NotBefore && (!waits || candidate.Identity?.Node?.Address == Preferred))
                .OrderByDescending(candidate => Preferred != null && candidate.Identity?.Node?.Address == Preferred)
                .ThenByDescending(static candidate => candidate.HeardAt)
                .FirstOrDefault();

            if (best != null)
            {
                Connect(best, now);
            }
        }

        return now + FirstBackOff;
    }

    private void Connect(Candidate candidate, long now)
    {
        _pending = candidate;
        candidate.TriedAt = now;
        _central.Connect(candidate.Advertiser, now);
    }

    private sealed class Candidate(string advertiser)
    {
        public string Advertiser { get; } = advertiser;

        public byte[] ServiceData { get; set; } = [];

        public ProxyIdentity? Identity { get; set; }

        public IGattConnection? Connection { get; set; }

        public long HeardAt { get; set; }

        public long TriedAt { get; set; }

        public long ConnectedAt { get; set; }

        public long NotBefore { get; set; }

        public int Attempts { get; set; }

        public bool HandsOver { get; set; }

        public void BackOff(long now)
        {
            NotBefore = now + Math.Min(LongestBackOff, FirstBackOff << Math.Min(Attempts, 6));
            Attempts++;
        }
    }
}
