namespace MeshNode.Simulation;

/// <summary>Why an <see cref="AccessEndpoint"/> dropped a TransportPDU.</summary>
public enum TransportVerdict
{
    /// <summary>Not newer than the last message of its source.</summary>
    Replayed,

    /// <summary>The replay protection list has no place for its source.</summary>
    ReplayListFull,

    /// <summary>A control message; those come with the firmware's transport layers.</summary>
    Control,

    /// <summary>Too short, or a segment that does not fit its message.</summary>
    Malformed,

    /// <summary>No key of this endpoint gives the TransMIC.</summary>
    TransMic,
}
