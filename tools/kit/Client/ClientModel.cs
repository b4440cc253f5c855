using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Kit.Messages;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Kit.Client;

/// <summary>A client model: sends requests, one at a time to each address, and takes status messages.</summary>
public abstract class ClientModel : Model
{
    private const int NoRoomRetry = 10;

    private readonly HashSet<int> _opcodes;
    private readonly List<Request> _requests = [];
    private byte? _transactionId;

    private protected ClientModel(int id, params int[] statusOpcodes)
        : base(Sig, id)
    {
        _opcodes = [.. statusOpcodes];
    }

    /// <summary>Milliseconds that an answer is waited for before the request is sent again.</summary>
    public int Timeout { get; set; } = 5000;

    /// <summary>How often a request is sent.</summary>
    public int Tries { get; set; } = 3;

    /// <summary>Told of messages that nobody has asked for, or <see langword="null"/>.</summary>
    public Action<ReceivedMessage>? Listener { get; set; }

    /// <summary>Requests that wait to be sent or answered.</summary>
    public int Pending => _requests.Count;

    /// <summary>The Transaction Identifier of a new transaction.</summary>
    /// <remarks>The first one comes from SEQ, so that a client that has just started does not repeat the one before it, which servers would take for a repetition.</remarks>
    public int NextTransactionId()
    {
        _transactionId = unchecked((byte)(_transactionId is { } last ? last + 1u : Node.Stack.Sequence.Next));

        return _transactionId.Value;
    }

    /// <summary>Sends a message and waits for its answer.</summary>
    /// <param name="destination">Unicast address of an element.</param>
    /// <param name="key">AppKey Index, or one of <see cref="AccessKey"/>.</param>
    /// <param name="message">Zeroed when the request has come to an end.</param>
    public Request<TStatus> Send<TStatus>(int destination, int key, byte[] message, long now)
        where TStatus : class, IStatusMessage<TStatus>
    {
        Request<TStatus> request = new(destination, key, message);
        _requests.Add(request);
        Tick(now);

        return request;
    }

    /// <summary>Finds the subnet for a message that is secured with the device key of a node, or <see langword="null"/>: the first one.</summary>
    internal Func<int, Subnet?>? SubnetOf { get; set; }

    /// <summary>Told of the source of each message that is secured with the device key of its sender, or <see langword="null"/>.</summary>
    internal Action<int>? HeardDevice { get; set; }

    /// <summary>Sends a message that is not answered, to any address but a virtual one.</summary>
    public SendVerdict SendUnacknowledged(int destination, int key, byte[] message, long now)
    {
        return Transmit(destination, LabelTable.None, key, message, now);
    }

    /// <summary>Sends a message that is not answered to a virtual address.</summary>
    /// <param name="label">Label UUID, 16 octets. Not kept.</param>
    public SendVerdict SendUnacknowledged(byte[] label, int key, byte[] message, long now)
    {
        int place = Node.Labels.Refer(label, 0);

        if (place == LabelTable.None)
        {
            return SendVerdict.NoRoom;
        }

        try
        {
            return Transmit(Node.Labels.Address(place), place, key, message, now);
        }
        finally
        {
            Node.Labels.Release(place);
        }
    }

    /// <inheritdoc/>
    public override ModelVerdict Receive(AccessMessage message, long now)
    {
        if (!_opcodes.Contains(message.Opcode))
        {
            return ModelVerdict.UnknownOpcode;
        }

        if (message.AppKeyIndex == AccessKey.RemoteDevice)
        {
            HeardDevice?.Invoke(message.Source);
        }

        byte[] payload = message.Buffer[..(message.Offset + message.Count)];
        Request? request = _requests.Find(r => r.Sent > 0 && r.Destination == message.Source && r.Key == message.AppKeyIndex && r.TryAnswer(payload));

        if (request != null)
        {
            request.Finish(RequestState.Answered);
            _requests.Remove(request);
        }
        else
        {
            Listener?.Invoke(new ReceivedMessage(message.Source, message.Destination, message.AppKeyIndex, payload));
        }

        return ModelVerdict.Accepted;
    }

    /// <inheritdoc/>
    public override long Tick(long now)
    {
        HashSet<int> busy = [];
        long next = long.MaxValue;

        foreach (Request request in _requests.ToArray())
        {
            if (busy.Add(request.Destination))
            {
                if (now >= request.Due)
                {
                    Try(request, now);
                }

                next = Math.Min(next, request.IsFinished ? now : request.Due);
            }
        }

        return next;
    }

    /// <inheritdoc/>
    public override void OnReset(long now)
    {
        _requests.ForEach(static request => request.Finish(RequestState.Refused));
        _requests.Clear();
    }

    private void Try(Request request, long now)
    {
        if (request.Sent == Tries)
        {
            Finish(request, RequestState.TimedOut);

            return;
        }

        request.LastVerdict = Transmit(request.Destination, LabelTable.None, request.Key, request.Message, now);

        switch (request.LastVerdict)
        {
            case SendVerdict.Sent:
                request.Sent++;
                request.Due = now + Timeout;
                break;

            case SendVerdict.NoRoom:
                request.Due = now + NoRoomRetry;
                break;

            default:
                Finish(request, RequestState.Refused);
                break;
        }
    }

    private SendVerdict Transmit(int destination, int label, int key, ReadOnlySpan<byte> message, long now)
    {
        message.CopyTo(Node.Access.Buffer);
        Subnet? subnet = key < 0 ? SubnetOf?.Invoke(destination) ?? Node.Stack.Subnets[0] : null;

        return Node.Access.Send(Element, destination, label, key, subnet, Publication.DefaultTtl, message.Length, now);
    }

    private void Finish(Request request, RequestState state)
    {
        request.Finish(state);
        _requests.Remove(request);
    }
}
