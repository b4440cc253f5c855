using MeshNode.Access;

namespace MeshNode.Kit.Messages;

/// <summary>A model identifier, of the Bluetooth SIG or of a vendor. See Mesh Protocol 1.1, section 3.10.8 (Model identifiers).</summary>
/// <param name="Company">Company identifier, or <see cref="Model.Sig"/>.</param>
/// <param name="Id">Model identifier, 16 bits.</param>
public readonly record struct ModelId(int Company, int Id)
{
    /// <summary>Whether it is a model of the Bluetooth SIG.</summary>
    public bool IsSig => Company == Model.Sig;

    /// <summary>A model of the Bluetooth SIG.</summary>
    public static ModelId Sig(int id)
    {
        return new ModelId(Model.Sig, id);
    }

    /// <summary>A model of a vendor.</summary>
    public static ModelId Vendor(int company, int id)
    {
        return new ModelId(company, id);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return IsSig ? $"{Id:x4}" : $"{Company:x4}:{Id:x4}";
    }
}
