using System;
using System.CommandLine;
using System.IO;
using MeshNode.Kit;
using MeshNode.Kit.Client;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Proxy;

namespace MeshNode.Tool.Client;

/// <summary>The hidden command <c>ledger-test</c>: takes SEQ as fast as it can and says which, until it is killed.</summary>
internal static class LedgerTestCommand
{
    private const int KeySize = 16;

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter writer)
    {
        Argument<string> network = new("NETWORK") { Description = "UUID of the network." };
        Command command = ClientOptions.Command("ledger-test", "Take sequence numbers as fast as possible, for tests that kill this process.", false, writer, [network], i => Run(i, writer, Guid.Parse(i.Get(network))));
        command.Hidden = true;

        return command;
    }

    private static int Run(Invocation invocation, TextWriter writer, Guid uuid)
    {
        using SequenceLedger ledger = SequenceLedger.Open(invocation.Settings.LedgerPath, invocation.Settings.WitnessPath);
        MeshNetwork network = new(new SystemRandomSource());
        ClientNode client = new(network, new ProxyClientBearer(), new SystemRandomSource());
        using SourceLease lease = ledger.Acquire(uuid, 0, network.IsFree);
        client.Join(lease, new byte[KeySize], 0);

        while (!invocation.Cancellation.IsCancellationRequested && client.Node.Stack.Sequence.TryTake(out uint sequence))
        {
            writer.WriteLine($"{lease.ReservedIvIndex} {lease.Address} {sequence}");
        }

        return lease.Failure == null ? ExitCode.Success : throw Session.Explain(lease.Failure);
    }
}
