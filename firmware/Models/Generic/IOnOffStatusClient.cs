namespace MeshNode.Models.Generic
{
    /// <summary>Hears what servers say to a <see cref="GenericOnOffClient"/>.</summary>
    public interface IOnOffStatusClient
    {
        /// <summary>A Generic OnOff Status message has come.</summary>
        /// <param name="source">The element that has sent it.</param>
        /// <param name="present">Whether it is on.</param>
        /// <param name="target">Whether it is going to be on.</param>
        void OnStatus(int source, bool present, bool target, long now);
    }
}
