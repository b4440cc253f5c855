using System.CommandLine;
using System.Threading;

namespace MeshNode.Tool.Client;

/// <summary>A command line that is to be carried out.</summary>
internal sealed record Invocation(ParseResult Result, ClientSettings Settings, Output Output, CancellationToken Cancellation)
{
    /// <summary>The value of an argument.</summary>
    public T Get<T>(Argument<T> argument)
    {
        return Result.GetValue(argument)!;
    }

    /// <summary>The value of an option.</summary>
    public T Get<T>(Option<T> option)
    {
        return Result.GetValue(option)!;
    }

    /// <summary>Opens the database.</summary>
    /// <param name="change">Whether the command changes it.</param>
    public Session Open(bool change)
    {
        return Session.Open(Settings, Output, change, Cancellation);
    }

    /// <summary>Opens the database and takes part in the network.</summary>
    /// <param name="change">Whether the command changes the database.</param>
    public Session Join(bool change)
    {
        Session session = Open(change);

        try
        {
            session.Join();

            return session;
        }
        catch
        {
            session.Dispose();

            throw;
        }
    }
}
