using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>What a state of a model drives: a relay, a lamp, a blind.</summary>
    public interface IStateClient
    {
        /// <summary>
        /// The present state has changed; in the course of a transition that is about every 50 ms. All states begin with 0, without a word.
        /// </summary>
        /// <param name="server">
        /// The model whose state it is. When states are bound to each other only the one that the others are bound to is told.
        /// </param>
        /// <param name="value">Generic OnOff, 0 or 1; Generic Level, -32768 to 32767; or Light Lightness Actual, 0 to 65535.</param>
        void OnStateChanged(Model server, int value, long now);
    }
}
