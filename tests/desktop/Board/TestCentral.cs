#nullable enable
using System;
using System.Collections.Generic;
using MeshNode.Board.Bluetooth;

namespace MeshNode.Boards;

/// <summary>A client that writes down what it is told.</summary>
internal sealed class TestCentral : IBoardCentral
{
    public List<byte[]> Notified { get; } = [];

    public List<(Guid Characteristic, int Error, byte[] Value)> Answers { get; } = [];

    public int? DisconnectReason { get; private set; }

    public void OnNotified(Guid characteristic, byte[] value)
    {
        Notified.Add(value);
    }

    public void OnDisconnected(int reason)
    {
        DisconnectReason = reason;
    }

    public void OnAnswered(Guid characteristic, int error, byte[] value)
    {
        Answers.Add((characteristic, error, value));
    }
}
