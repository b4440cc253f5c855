using MeshNode.Storage;

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

        private const int CompanyShift = 16;
        private const int ListShift = 32;

        /// <summary>The element it belongs to.</summary>
        public Element Element;

        /// <summary>The Model Publication state, or <see langword="null"/> while it was never set.</summary>
        public Publication Publication;

        // Company and Id; bindings and subscription list. A field takes 12 octets of RAM whatever it holds, and there are many models.
        private readonly long _identifier;
        private long _bindings;

        /// <param name="company">Company identifier, or <see cref="Sig"/>.</param>
        /// <param name="id">Model identifier, 16 bits.</param>
        protected Model(int company, int id)
        {
            _identifier = ((long)company << CompanyShift) | (long)id;
        }

        /// <summary>Company identifier, or <see cref="Sig"/>.</summary>
        public int Company
        {
            get { return (int)(_identifier >> CompanyShift); }
        }

        /// <summary>Model identifier, 16 bits.</summary>
        public int Id
        {
            get { return (ushort)_identifier; }
        }

        /// <summary>The node it belongs to, once that is there.</summary>
        public Node Node
        {
            get { return Element.Node; }
        }

        /// <summary>The application keys it is bound to, a bit for each place of the <see cref="UpperTransport.AppKeyTable"/>.</summary>
        public uint Bindings
        {
            get { return (uint)_bindings; }
            set { _bindings = ((_bindings >> ListShift) << ListShift) | value; }
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
        public virtual int BaseCount
        {
            get { return 0; }
        }

        /// <summary>Its subscription list, which it shares with the models that it extends. A number from 1 on.</summary>
        internal byte SubscriptionList
        {
            get { return (byte)(_bindings >> ListShift); }
            set { _bindings = ((long)value << ListShift) | (uint)_bindings; }
        }

        /// <summary>A model that it extends, of the same element or another. It shares its subscription list with those of its element.</summary>
        /// <param name="index">Less than <see cref="BaseCount"/>.</param>
        public virtual Model Base(int index)
        {
            return null;
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

        /// <summary>Power has come, and kept states are back.</summary>
        public virtual void OnPoweredUp(long now)
        {
        }

        /// <summary>The node has left its network: states go back to their defaults.</summary>
        public virtual void OnReset(long now)
        {
        }

        /// <summary>A model that is an <see cref="IKeptState"/> has changed what it keeps.</summary>
        public void KeepState(long now)
        {
            Node.Keep(StoredState.KeptState, StateEntries.KeyOf(this), now);
        }

        /// <summary>Does what time brings.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public virtual long Tick(long now)
        {
            return long.MaxValue;
        }
    }
}
