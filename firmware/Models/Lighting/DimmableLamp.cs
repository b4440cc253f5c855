using MeshNode.Access;
using MeshNode.Models.Generic;

namespace MeshNode.Models.Lighting
{
    /// <summary>A lamp that can be dimmed: a Light Lightness Server and the models that it extends, see <see cref="LightnessElement"/>.</summary>
    public sealed class DimmableLamp : LampModels
    {
        private LightLightnessServer _lightness;

        /// <inheritdoc/>
        public override void Compose(Element element, IStateClient client)
        {
            _lightness = LightnessElement.Compose(element, client);
        }

        /// <inheritdoc/>
        public override void Set(int level, long now)
        {
            _lightness.Set(level, now);
        }

        /// <inheritdoc/>
        public override int LevelOf(int value)
        {
            return value;
        }

        /// <inheritdoc/>
        public override int Present(long now)
        {
            return _lightness.Actual(now);
        }
    }
}
