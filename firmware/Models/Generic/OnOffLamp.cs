using MeshNode.Access;

namespace MeshNode.Models.Generic
{
    /// <summary>A lamp that is on or off: a Generic OnOff Server. When power comes it is as it was.</summary>
    public sealed class OnOffLamp : LampModels
    {
        private GenericOnOffServer _onOff;

        /// <inheritdoc/>
        public override void Compose(Element element, IStateClient client)
        {
            _onOff = new GenericOnOffServer(client, null);
            element.Add(_onOff);
        }

        /// <inheritdoc/>
        public override void Set(int level, long now)
        {
            _onOff.Set(level > 0, now);
        }

        /// <inheritdoc/>
        public override int LevelOf(int value)
        {
            return value > 0 ? Highest : 0;
        }

        /// <inheritdoc/>
        public override int Present(long now)
        {
            return _onOff.IsOn(now) ? Highest : 0;
        }
    }
}
