using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>A status message that tells whether the request was carried out.</summary>
public interface IHasStatusCode
{
    /// <summary>Whether it was, or why not.</summary>
    ConfigurationStatus Status { get; }
}
