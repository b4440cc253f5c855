using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Bearers;
using MeshNode.Kit;
using MeshNode.Kit.Monitor;
using MeshNode.Kit.Storage;
using MeshNode.Proxy;

namespace MeshNode.Tool.Client;

/// <summary>The command <c>monitor</c>: what is on the air, decoded with the keys of the database.</summary>
internal static class MonitorCommand
{
    private const int Milliseconds = 1000;
    private const int SameFrame = 2000;
    private const int ServiceDataHeader = 4;

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter writer)
    {
        Option<string?> write = ClientOptions.Option<string?>("--write", "Write a pcapng capture, for Wireshark.", static () => null);
        Option<string?> read = ClientOptions.Option<string?>("--read", "Read a pcapng capture instead of listening.", static () => null);
        Option<double> seconds = ClientOptions.Option("--seconds", "How long to listen; without it until Ctrl+C.", static () => 0.0);
        Option<bool> all = ClientOptions.Option("--all", "Show each copy of a PDU.", static () => false);

        return ClientOptions.Command(
            "monitor", "Show what is on the air, or what a proxy hears, decoded with the keys of the database.", true, writer, [write, read, seconds, all],
            i => Run(i, i.Get(write), i.Get(read), i.Get(seconds), i.Get(all)));
    }

    private static int Run(Invocation invocation, string? write, string? read, double seconds, bool all)
    {
        using Session session = invocation.Open(false);
        session.IsObserver = true;
        using CaptureWriter? capture = write == null ? null : new CaptureWriter(File.Create(write));
        Display display = new(session, all);

        if (read != null)
        {
            using FileStream stream = File.OpenRead(read);

            foreach (CapturedFrame frame in CaptureReader.Read(stream))
            {
                capture?.Write(frame);
                display.Show(frame);
            }

            return ExitCode.Success;
        }

        session.OpenBearers();

        void Take(CapturedKind kind, int type, byte[] payload, int connection)
        {
            CapturedFrame frame = new((DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, kind, type, payload, connection);
            capture?.Write(frame);
            display.Show(frame);
        }

        session.Air?.Received = (type, payload) => Take(CapturedKind.Advert, type, payload, 0);

        if (session.Central != null)
        {
            // A proxy tells what it hears to a client that says what it does not want to hear.
            session.Central.Observer = (value, written, connection) => Take(written ? CapturedKind.Written : CapturedKind.Notified, 0, value, connection);
            session.IsOverhearing = true;
            session.Join();
            Action<string, int, byte[]>? connect = session.Central.Advert;
            session.Central.Advert = (advertiser, service, data) =>
            {
                connect?.Invoke(advertiser, service, data);
                byte[] serviceData = [(byte)(data.Length + 3), AdvertisingData.ServiceData16, (byte)service, (byte)(service >> 8), .. data];
                Take(CapturedKind.Connectable, 0, [2, AdvertisingData.Flags, 6, 3, AdvertisingData.CompleteServiceUuids16, (byte)service, (byte)(service >> 8), .. serviceData], 0);
            };
        }

        // Another command may change keys meanwhile.
        session.Tick = now =>
        {
            if (now >= display.ReloadAt)
            {
                display.Reload(now);
            }

            return display.ReloadAt;
        };
        session.Pump(static () => false, seconds == 0 ? long.MaxValue : (long)(seconds * Milliseconds));

        return ExitCode.Success;
    }

    private sealed class Display(Session session, bool all)
    {
        private PduDecoder _decoder = new(session.Network);
        private readonly Dictionary<string, long> _shown = [];
        private readonly Dictionary<(int Connection, CapturedKind Kind), ProxyReassembler> _reassemblers = [];
        private long _begin;

        public long ReloadAt { get; private set; } = Milliseconds;

        public void Reload(long now)
        {
            ReloadAt = now + Milliseconds;

            try
            {
                if (session.Store.Reload(new SystemRandomSource()))
                {
                    _decoder = new PduDecoder(session.Network);
                }
            }
            catch (StoreException)
            {
                // It is being replaced, or has another passphrase now: the old keys go on.
            }
        }

        public void Show(CapturedFrame frame)
        {
            _begin = _begin == 0 ? frame.Time : _begin;

            if (Decode(frame) is not { } decoded)
            {
                return;
            }

            // The IV Index of an observer comes from authentic beacons alone.
            if (decoded is { Source: null, IvIndex: { } ivIndex } && (!session.Network.IsIvIndexKnown || ivIndex > session.Network.IvIndex))
            {
                session.Network.IvIndex = ivIndex;
                session.Network.IsIvIndexKnown = true;
            }

            if (!all && Repeats(frame))
            {
                return;
            }

            double time = (frame.Time - _begin) / 1e6;
            JsonObject json = decoded.ToJson();
            json["time"] = frame.Time / 1e6;
            session.Output.Result(string.Create(CultureInfo.InvariantCulture, $"{time,9:F3}  {decoded}"), json);
        }

        private DecodedPdu? Decode(CapturedFrame frame)
        {
            switch (frame.Kind)
            {
                case CapturedKind.Advert:
                    return _decoder.Decode(frame.Type, frame.Payload);

                case CapturedKind.Connectable:
                    for (int i = 0; i + 1 < frame.Payload.Length && frame.Payload[i] != 0; i += frame.Payload[i] + 1)
                    {
                        int end = i + 1 + frame.Payload[i];

                        if (frame.Payload[i + 1] == AdvertisingData.ServiceData16 && frame.Payload[i] > 3 && end <= frame.Payload.Length)
                        {
                            return _decoder.DecodeServiceData(LittleEndian.ReadUInt16(frame.Payload, i + 2), frame.Payload[(i + ServiceDataHeader)..end]);
                        }
                    }

                    return null;

                default:
                    if (!_reassemblers.TryGetValue((frame.Connection, frame.Kind), out ProxyReassembler? reassembler))
                    {
                        _reassemblers[(frame.Connection, frame.Kind)] = reassembler = new ProxyReassembler();
                    }

                    return reassembler.Receive(frame.Payload, 0, frame.Payload.Length, frame.Time / 1000) == ProxyReassembly.Complete
                        ? _decoder.DecodeProxy(reassembler.Type, reassembler.Message[..reassembler.Length])
                        : null;
            }
        }

        private bool Repeats(CapturedFrame frame)
        {
            string id = $"{frame.Kind} {frame.Type} {Convert.ToHexString(frame.Payload)}";
            bool repeats = _shown.TryGetValue(id, out long before) && frame.Time - before < SameFrame * 1000L;
            _shown[id] = frame.Time;

            if (_shown.Count > 4096)
            {
                foreach (string old in _shown.OrderBy(static entry => entry.Value).Take(2048).Select(static entry => entry.Key).ToArray())
                {
                    _shown.Remove(old);
                }
            }

            return repeats;
        }
    }
}
