using System;
using MeshNode.Storage;

namespace MeshNode;

/// <summary>Tells of each operation before it is carried out.</summary>
internal sealed class RecordingMedium(IJournalMedium medium, Action<FlashStep> before) : IJournalMedium
{
    public int Capacity => medium.Capacity;

    public int Length(int area)
    {
        return medium.Length(area);
    }

    public bool Read(int area, int position, byte[] buffer, int offset, int count)
    {
        return medium.Read(area, position, buffer, offset, count);
    }

    public bool Write(int area, int position, byte[] buffer, int offset, int count)
    {
        before(new FlashStep(FlashStepKind.Write, area, position, buffer[offset..(offset + count)]));

        return medium.Write(area, position, buffer, offset, count);
    }

    public bool Flush(int area)
    {
        before(new FlashStep(FlashStepKind.Flush, area, 0, []));

        return medium.Flush(area);
    }

    public bool Erase(int area)
    {
        before(new FlashStep(FlashStepKind.Erase, area, 0, []));

        return medium.Erase(area);
    }
}
