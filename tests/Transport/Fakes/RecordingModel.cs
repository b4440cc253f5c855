using System;
using MeshNode.Access;

namespace MeshNode.Fakes
{
    /// <summary>A model that knows one opcode, keeps the last message, and answers and publishes what a test wants.</summary>
    internal sealed class RecordingModel : Model
    {
        /// <summary>The opcode that it knows.</summary>
        public readonly int Known;

        /// <summary>What it says to a message that it knows.</summary>
        public ModelVerdict Verdict = ModelVerdict.Accepted;

        /// <summary>What it answers, as hexadecimal octets; <see langword="null"/> for nothing.</summary>
        public string Answer;

        /// <summary>What it publishes, as hexadecimal octets; empty for nothing.</summary>
        public string Published = "";

        public bool DeviceKey;
        public bool RemoteDeviceKeys;
        public int Divisor;

        /// <summary>Messages received.</summary>
        public int Count;

        /// <summary>Answers that the access layer has not taken.</summary>
        public int Refused;

        public int Attached;
        public int Resets;
        public int Encoded;

        public string Parameters;
        public int Source;
        public int Destination;
        public int Label;
        public int Ttl;
        public int AppKeyIndex;
        public int ElementIndex;

        private Model[] _bases = new Model[0];

        public RecordingModel(int company, int id, int known)
            : base(company, id)
        {
            Known = known;
        }

        public override bool UsesDeviceKey
        {
            get { return DeviceKey; }
        }

        public override bool UsesRemoteDeviceKeys
        {
            get { return RemoteDeviceKeys; }
        }

        public override int BaseCount
        {
            get { return _bases.Length; }
        }

        public override bool HasPublication
        {
            get { return true; }
        }

        public override int PeriodDivisor
        {
            get { return Divisor; }
        }

        /// <summary>Declares that it extends another.</summary>
        public RecordingModel Extending(Model model)
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
            if (message.Opcode != Known)
            {
                return ModelVerdict.UnknownOpcode;
            }

            Count++;
            Parameters = Hex.Encode(message.Buffer, message.Offset, message.Count);
            Source = message.Source;
            Destination = message.Destination;
            Label = message.Label;
            Ttl = message.Ttl;
            AppKeyIndex = message.AppKeyIndex;
            ElementIndex = message.Element.Index;

            if (Answer != null)
            {
                byte[] answer = Hex.Decode(Answer);
                Array.Copy(answer, 0, Node.Access.Buffer, 0, answer.Length);

                if (!Node.Access.Reply(message, answer.Length, now))
                {
                    Refused++;
                }
            }

            return Verdict;
        }

        public override int EncodePublication(byte[] payload, long now)
        {
            byte[] published = Hex.Decode(Published);
            Array.Copy(published, 0, payload, 0, published.Length);
            Encoded++;

            return published.Length;
        }

        public override void OnAttached()
        {
            Attached++;
        }

        public override void OnReset(long now)
        {
            Resets++;
        }
    }
}
