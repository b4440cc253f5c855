using System;

namespace MeshNode.Access
{
    /// <summary>
    /// What the node is made of: its elements and their models. See Mesh Protocol 1.1, section 4.2.1.
    /// </summary>
    /// <remarks>Built once, before the stack; a model belongs to one composition.</remarks>
    public sealed class Composition
    {
        /// <summary>Company identifier of the maker.</summary>
        public readonly int Company;

        /// <summary>Product identifier.</summary>
        public readonly int Product;

        /// <summary>Version of the product.</summary>
        public readonly int Version;

        private Element[] _elements = new Element[0];

        /// <param name="company">Company identifier of the maker, 16 bits.</param>
        /// <param name="product">Product identifier, 16 bits.</param>
        /// <param name="version">Version of the product, 16 bits.</param>
        public Composition(int company, int product, int version)
        {
            Company = company;
            Product = product;
            Version = version;
        }

        /// <summary>Number of elements.</summary>
        public int Count
        {
            get { return _elements.Length; }
        }

        /// <summary>An element; 0 is the primary element.</summary>
        public Element this[int index]
        {
            get { return _elements[index]; }
        }

        /// <summary>Adds an element.</summary>
        /// <param name="location">Where on the device it is: a GATT Bluetooth Namespace Descriptor.</param>
        public Element AddElement(int location)
        {
            Element element = new Element(location, _elements.Length);
            Element[] elements = new Element[_elements.Length + 1];
            Array.Copy(_elements, 0, elements, 0, _elements.Length);
            elements[_elements.Length] = element;
            _elements = elements;

            return element;
        }
    }
}
