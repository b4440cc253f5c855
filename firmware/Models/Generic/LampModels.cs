using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>The models that make an element a lamp: what a board chooses, as one that is only on or off has no RAM to give to others.</summary>
    public abstract class LampModels
    {
        /// <summary>The highest level.</summary>
        public const int Highest = 0xFFFF;

        /// <summary>Adds them to an element.</summary>
        /// <param name="client">The lamp.</param>
        public abstract void Compose(Element element, IStateClient client);

        /// <summary>Sets the lamp as a message without a transition time does.</summary>
        /// <param name="level">0 for off, to <see cref="Highest"/>.</param>
        public abstract void Set(int level, long now);

        /// <summary>The level that a state means, of which the client was told.</summary>
        /// <param name="value">See <see cref="IStateClient.OnStateChanged"/>.</param>
        public abstract int LevelOf(int value);

        /// <summary>The present level.</summary>
        public abstract int Present(long now);
    }
}
