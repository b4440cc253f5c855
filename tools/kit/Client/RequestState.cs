namespace MeshNode.Kit.Client;

/// <summary>What has become of a <see cref="Request"/>.</summary>
public enum RequestState
{
    /// <summary>It waits to be sent, or for its answer.</summary>
    Waiting,

    /// <summary>The answer has come.</summary>
    Answered,

    /// <summary>No answer has come.</summary>
    TimedOut,

    /// <summary>It cannot be sent: the key is not known, for one.</summary>
    Refused,
}
