using System;
using MeshNode.Access;

namespace MeshNode.Fakes
{
    /// <summary>A model that knows no message, for what can be configured of a model.</summary>
    internal sealed class PlainModel : Model
    {
        private readonly bool _publishes;
        private readonly bool _subscribes;
        private Model[] _bases = new Model[0];

        public PlainModel(int company, int id, bool publishes, bool subscribes)
            : base(company, id)
        {
            _publishes = publishes;
            _subscribes = subscribes;
        }

        public override int BaseCount
        {
            get { return _bases.Length; }
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
            Model[] bases = new Model[_bases.Length + 1];
            Array.Copy(_bases, 0, bases, 0, _bases.Length);
            bases[_bases.Length] = model;
            _bases = bases;

            return this;
        }

        public override Model Base(int index)
        {
            return _bases[index];
        }

        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            return ModelVerdict.UnknownOpcode;
        }
    }
}
