using System;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Octets of a UUID as they go over the air: the last of its text comes first.</summary>
internal static class UuidOrder
{
    private const int FieldsSize = 8;

    public static byte[] ToAir(Guid uuid)
    {
        byte[] octets = uuid.ToByteArray(bigEndian: true);
        Array.Reverse(octets);

        return octets;
    }

    public static Guid FromAir(byte[] octets)
    {
        byte[] reversed = (byte[])octets.Clone();
        Array.Reverse(reversed);

        return new Guid(reversed, bigEndian: true);
    }

    /// <summary>The order of the text: the number fields of a GUID turned, the rest as it is.</summary>
    public static byte[] TurnFields(byte[] octets)
    {
        byte[] turned = (byte[])octets.Clone();
        Array.Reverse(turned, 0, sizeof(int));
        Array.Reverse(turned, sizeof(int), sizeof(short));
        Array.Reverse(turned, FieldsSize - sizeof(short), sizeof(short));

        return turned;
    }
}
