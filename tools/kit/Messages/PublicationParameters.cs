using MeshNode.Access;

namespace MeshNode.Kit.Messages;

/// <summary>How a model publishes, its Publish Address aside. See Mesh Protocol 1.1, section 4.2.3.</summary>
/// <param name="AppKeyIndex">Publish AppKey Index.</param>
/// <param name="FriendshipCredentials">Publish Friendship Credentials Flag.</param>
/// <param name="Ttl">0x00 to 0x7F, or 0xFF for the Default TTL.</param>
/// <param name="PeriodSteps">0 to 63; 0 for no period.</param>
/// <param name="PeriodResolution">0 for 100 ms, 1 for 1 s, 2 for 10 s, 3 for 10 min.</param>
/// <param name="RetransmitCount">0 to 7.</param>
/// <param name="RetransmitSteps">0 to 31: retransmissions are (steps + 1) * 50 ms apart.</param>
public sealed record PublicationParameters(
    int AppKeyIndex,
    bool FriendshipCredentials = false,
    int Ttl = Publication.DefaultTtl,
    int PeriodSteps = 0,
    int PeriodResolution = 0,
    int RetransmitCount = 0,
    int RetransmitSteps = 0)
{
    private const int CredentialFlag = 0x1000;
    private const int MaxSteps = 0x3F;
    private const int ResolutionShift = 6;

    /// <summary>Publish Period as one octet.</summary>
    public int Period => (PeriodSteps & MaxSteps) | (PeriodResolution << ResolutionShift);

    internal MessageWriter Write(MessageWriter writer)
    {
        System.ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)AppKeyIndex, (uint)AccessKey.MaxIndex);
        System.ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)PeriodSteps, (uint)MaxSteps);

        return writer
            .UInt16(AppKeyIndex | (FriendshipCredentials ? CredentialFlag : 0))
            .Octet(Ttl)
            .Octet(Period)
            .Transmit(RetransmitCount, RetransmitSteps);
    }

    internal static PublicationParameters Read(ref MessageReader reader)
    {
        int key = reader.UInt16();
        int ttl = reader.Octet();
        int period = reader.Octet();
        int retransmit = reader.Octet();

        return new PublicationParameters(
            key & AccessKey.MaxIndex,
            (key & CredentialFlag) != 0,
            ttl,
            period & MaxSteps,
            period >> ResolutionShift,
            TransmitParameters.Count(retransmit),
            TransmitParameters.Steps(retransmit));
    }
}
