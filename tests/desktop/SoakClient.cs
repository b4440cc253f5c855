using MeshNode.Access;

namespace MeshNode;

/// <summary>A model that counts the answers and publications it hears.</summary>
internal sealed class SoakClient : Model
{
    /// <summary>Access Key: the device keys of others, or an application key.</summary>
    private readonly bool _remote;

    private static readonly int s_echoStatus = Access.Opcode.Vendor(0x02, SoakNode.Company);

    /// <summary>Messages to the element.</summary>
    public int Answers;

    /// <summary>Messages to a group.</summary>
    public int Publications;

    /// <summary>Echoes, of the answers.</summary>
    public int Echoes;

    /// <summary>Echoes that came in segments.</summary>
    public int LongEchoes;

    /// <summary>Echoes with another content than what was sent.</summary>
    public int WrongEchoes;

    /// <param name="remote">Whether the answers are secured with the device keys of others, or with an application key.</param>
    public SoakClient(bool remote)
        : base(SoakNode.Company, remote ? 0x0003 : 0x0002)
    {
        _remote = remote;
    }

    public override bool UsesRemoteDeviceKeys
    {
        get { return _remote; }
    }

    public override ModelVerdict Receive(AccessMessage message, long now)
    {
        if (!_remote && !IsStatus(message.Opcode))
        {
            return ModelVerdict.UnknownOpcode;
        }

        if (message.Destination >= Network.Address.FirstVirtual)
        {
            Publications++;
        }
        else
        {
            Answers++;
        }

        if (message.Opcode == s_echoStatus)
        {
            Echoes++;
            LongEchoes += message.Count > 8 ? 1 : 0;

            for (int i = 0; i < message.Count; i++)
            {
                if (message.Buffer[message.Offset + i] != (byte)(message.Count + i))
                {
                    WrongEchoes++;

                    return ModelVerdict.Prohibited;
                }
            }
        }

        return ModelVerdict.Accepted;
    }

    private static bool IsStatus(int opcode)
    {
        switch (opcode)
        {
            case 0x04:
            case 0x05:
            case 0x8007:
            case 0x8037:
            case 0x8204:
            case 0x8208:
            case 0x8210:
            case 0x8212:
            case 0x824E:
            case 0x8250:
                return true;

            default:
                return opcode == s_echoStatus;
        }
    }
}
