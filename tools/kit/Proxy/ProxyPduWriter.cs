using System;
using System.Collections.Generic;
using MeshNode.Bearers;
using MeshNode.Proxy;

namespace MeshNode.Kit.Proxy;

/// <summary>Cuts messages into Proxy PDUs and writes them in their order. See Mesh Protocol 1.1, section 6.3.</summary>
internal sealed class ProxyPduWriter
{
    private readonly Queue<(int Type, byte[] Message, int Tag)> _waiting = [];
    private readonly byte[] _value = new byte[GattService.MaxMtu - GattService.AttHeaderSize];
    private int _position;

    /// <summary>Messages that wait.</summary>
    public int Count => _waiting.Count;

    public void Add(int type, byte[] message, int tag)
    {
        _waiting.Enqueue((type, message, tag));
    }

    /// <summary>Writes as much as the connection takes.</summary>
    /// <param name="written">Told the tag of each message that is through.</param>
    /// <returns>Whether nothing waits any more.</returns>
    public bool Pump(IGattConnection connection, Action<int>? written)
    {
        while (_waiting.TryPeek(out (int Type, byte[] Message, int Tag) first))
        {
            int most = Math.Min(_value.Length, connection.Mtu - GattService.AttHeaderSize);
            int count = ProxySegmenter.Encode(first.Type, first.Message, first.Message.Length, _position, _value, most);

            if (!connection.Write(_value, 0, count))
            {
                return false;
            }

            _position += count - 1;

            if (_position == first.Message.Length)
            {
                _position = 0;
                _waiting.Dequeue();
                Array.Clear(first.Message);
                written?.Invoke(first.Tag);
            }
        }

        return true;
    }

    /// <summary>Forgets what waits: it will not be written.</summary>
    /// <param name="dropped">Told the tag of each message.</param>
    public void Clear(Action<int>? dropped = null)
    {
        while (_waiting.TryDequeue(out (int Type, byte[] Message, int Tag) message))
        {
            Array.Clear(message.Message);
            dropped?.Invoke(message.Tag);
        }

        _position = 0;
        Array.Clear(_value);
    }
}
