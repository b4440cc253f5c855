using MeshNode.Access;

namespace MeshNode.Fakes
{
    /// <summary>A model that knows no message, for what can be configured of a model.</summary>
    internal sealed class PlainModel : Model
    {
        private readonly bool _publishes;
        private readonly bool _subscribes;

        public PlainModel(int company, int id, bool publishes, bool subscribes)
            : base(company, id)
        {
            _publishes = publishes;
            _subscribes = subscribes;
        }

        public override bool HasPublication
        {
            get { return _publishes; }
        }

        public override bool HasSubscriptions
        {
            get { return _subscribes; }
        }

        /// <summary>Makes it extend another.</summary>
        public PlainModel Extending(Model model)
        {
            Extend(model);

            return this;
        }

        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            return ModelVerdict.UnknownOpcode;
        }
    }
}
