using MeshNode.Access;
using MeshNode.Models.Generic;

namespace MeshNode.Fakes
{
    /// <summary>Keeps what a model has told its client.</summary>
    internal sealed class StateRecord : IStateClient, IOnOffStatusClient
    {
        public int Calls;
        public int Value;
        public Model Server;
        public int Source;
        public bool Present;
        public bool Target;

        public void OnStateChanged(Model server, int value, long now)
        {
            Calls++;
            Server = server;
            Value = value;
        }

        public void OnStatus(int source, bool present, bool target, long now)
        {
            Calls++;
            Source = source;
            Present = present;
            Target = target;
        }
    }
}
