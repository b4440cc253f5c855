namespace MeshNode.Tool.Run;

/// <summary>How a node in real time is reached and what it offers.</summary>
/// <param name="UdpPort">Port of the advertising bearer.</param>
/// <param name="GattPort">Port of the GATT bearer, 0 for none.</param>
/// <param name="Uuid">Device UUID, 16 octets.</param>
/// <param name="StaticOob">Static OOB value, or null.</param>
/// <param name="OutputOob">Digits of an output OOB number, 0 for none.</param>
/// <param name="InputOob">Digits of an input OOB number, 0 for none.</param>
/// <param name="Echo">Whether it has the vendor model that answers with what it was given.</param>
/// <param name="Loss">Probability that a frame is lost.</param>
/// <param name="Algorithms">Which provisioning algorithms are offered.</param>
/// <param name="IvUpdateTest">Whether the 96 hours of an IV Update do not count.</param>
/// <param name="State">Folder in which the node keeps its state, or null.</param>
/// <param name="Board">Board on which it runs, or null for none.</param>
internal sealed record RunOptions(
    int UdpPort,
    int GattPort,
    byte[] Uuid,
    byte[]? StaticOob,
    int OutputOob,
    int InputOob,
    bool Echo,
    double Loss,
    AlgorithmOffer Algorithms,
    bool IvUpdateTest,
    string? State,
    BoardModel? Board);
