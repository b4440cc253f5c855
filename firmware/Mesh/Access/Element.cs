using System;

namespace MeshNode.Access
{
    /// <summary>An element: an addressable part of the node with its models. See Mesh Protocol 1.1, section 2.3.4.</summary>
    public sealed class Element
    {
        /// <summary>Where on the device it is: a GATT Bluetooth Namespace Descriptor.</summary>
        public readonly int Location;

        /// <summary>Its place in the composition; its unicast address is that much larger than the primary element's.</summary>
        public readonly int Index;

        /// <summary>The node, once that is there.</summary>
        internal Node Node;

        private Model[] _models = new Model[0];

        internal Element(int location, int index)
        {
            Location = location;
            Index = index;
        }

        /// <summary>Number of models.</summary>
        public int Count
        {
            get { return _models.Length; }
        }

        /// <summary>A model, in the order of the composition data.</summary>
        public Model this[int index]
        {
            get { return _models[index]; }
        }

        /// <summary>Adds a model. Models that it extends are added before it.</summary>
        public void Add(Model model)
        {
            Model[] models = new Model[_models.Length + 1];
            Array.Copy(_models, 0, models, 0, _models.Length);
            models[_models.Length] = model;
            _models = models;
            model.Element = this;
        }

        /// <summary>The model with an identifier, or <see langword="null"/>.</summary>
        /// <param name="company">Company identifier, or <see cref="Model.Sig"/>.</param>
        public Model Find(int company, int id)
        {
            for (int i = 0; i < _models.Length; i++)
            {
                if (_models[i].Id == id && _models[i].Company == company)
                {
                    return _models[i];
                }
            }

            return null;
        }
    }
}
