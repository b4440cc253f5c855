using System;

namespace MeshNode.Access
{
    /// <summary>
    /// A model: some messages of an element and what they do. See Mesh Protocol 1.1, section 2.3.6.
    /// </summary>
    /// <remarks>
    /// A derived class answers <see cref="Receive"/>, and if it has something to tell on its own <see cref="EncodePublication"/>. It composes
    /// messages in <see cref="AccessLayer.Buffer"/>.
    /// </remarks>
    public abstract class Model
    {
        /// <summary>Stands for no company: a model of the Bluetooth SIG.</summary>
        public const int Sig = -1;

        /// <summary>Company identifier, or <see cref="Sig"/>.</summary>
        public readonly int Company;

        /// <summary>Model identifier, 16 bits.</summary>
        public readonly int Id;

        /// <summary>The element it belongs to.</summary>
        public Element Element;

        /// <summary>The node it belongs to, once that is there.</summary>
        public Node Node;

        /// <summary>The Model Publication state, or <see langword="null"/> while it was never set.</summary>
        public Publication Publication;

        /// <summary>The application keys it is bound to, a bit for each place of the <see cref="UpperTransport.AppKeyTable"/>.</summary>
        public uint Bindings;

        /// <summary>Its subscription list, which it shares with the models that it extends. A number from 1 on.</summary>
        internal byte SubscriptionList;

        private Model[] _bases;

        /// <param name="company">Company identifier, or <see cref="Sig"/>.</param>
        /// <param name="id">Model identifier, 16 bits.</param>
        protected Model(int company, int id)
        {
            Company = company;
            Id = id;
        }

        /// <summary>Whether its messages are secured with the device key of this node, and it is bound to no application key.</summary>
        public virtual bool UsesDeviceKey
        {
            get { return false; }
        }

        /// <summary>
        /// Whether it takes messages that other nodes secure with their device keys: a client does. A server must not, because every node
        /// whose key is known here could then configure this one.
        /// </summary>
        public virtual bool UsesRemoteDeviceKeys
        {
            get { return false; }
        }

        /// <summary>Whether it can subscribe and be subscribed to at all; foundation models with device keys cannot.</summary>
        public virtual bool HasSubscriptions
        {
            get { return !UsesDeviceKey; }
        }

        /// <summary>Whether it has a Model Publication state.</summary>
        public virtual bool HasPublication
        {
            get { return false; }
        }

        /// <summary>The publication period is divided by 2 to the power of this. See Mesh Protocol 1.1, section 4.2 (Health Fast Period Divisor).</summary>
        public virtual int PeriodDivisor
        {
            get { return 0; }
        }

        /// <summary>Number of models that it extends directly.</summary>
        public int BaseCount
        {
            get { return _bases == null ? 0 : _bases.Length; }
        }

        /// <summary>A model that it extends.</summary>
        public Model Base(int index)
        {
            return _bases[index];
        }

        /// <summary>A message for this model, secured with a key that it is bound to. It answers, if it does, with <see cref="AccessLayer.Reply"/>.</summary>
        public abstract ModelVerdict Receive(AccessMessage message, long now);

        /// <summary>Writes the message that is published, with its opcode.</summary>
        /// <param name="payload">Takes at most 380 octets.</param>
        /// <returns>Octets written; 0 for none.</returns>
        public virtual int EncodePublication(byte[] payload, long now)
        {
            return 0;
        }

        /// <summary>The node is put together: what is known of it can be used.</summary>
        public virtual void OnAttached()
        {
        }

        /// <summary>The node has left its network: states go back to their defaults.</summary>
        public virtual void OnReset(long now)
        {
        }

        /// <summary>Does what time brings.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public virtual long Tick(long now)
        {
            return long.MaxValue;
        }

        /// <summary>Declares that this model extends another of the composition, with which it then shares its subscription list.</summary>
        protected void Extend(Model model)
        {
            Model[] bases = new Model[BaseCount + 1];

            if (_bases != null)
            {
                Array.Copy(_bases, 0, bases, 0, _bases.Length);
            }

            bases[bases.Length - 1] = model;
            _bases = bases;
        }
    }
}
