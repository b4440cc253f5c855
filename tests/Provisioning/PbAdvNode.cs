using MeshNode.Bearers;
using MeshNode.Fakes;

namespace MeshNode.Provisioning
{
    /// <summary>A device behind PB-ADV whose key pair is ready, and what it has sent.</summary>
    internal sealed class PbAdvNode
    {
        public const string Link = "23af5850";
        public const string LinkOpen = "23af5850000370cf7c9732a345b691494810d2e9cbf4";
        public const string LinkAck = "23af58500007";

        public readonly FakeAdvertisingBearer Radio = new FakeAdvertisingBearer();
        public readonly FakeProvisioner Fake = new FakeProvisioner();
        public readonly AdvertisingTransmitter Transmitter;
        public readonly Provisionee Provisionee;
        public readonly PbAdvBearer Bearer;
        public long Now;

        private int _read;

        public PbAdvNode(int algorithms)
        {
            Fake.Capabilities.Algorithms = algorithms;
            Provisionee = Fake.Start();
            Fake.Compute(0);
            Transmitter = new AdvertisingTransmitter(Radio, 4, 1);
            Bearer = new PbAdvBearer(Transmitter, Fake.Random, Hex.Decode(Exchange.Uuid), Provisionee);
        }

        public PbAdvVerdict Receive(string pdu)
        {
            byte[] octets = Hex.Decode("ee" + pdu + "ee");

            return Bearer.Receive(octets, 1, octets.Length - 2, Now);
        }

        /// <summary>Time goes on by so many milliseconds, in steps of one.</summary>
        public void Run(int milliseconds)
        {
            for (int i = 0; i < milliseconds; i++)
            {
                Now++;
                Provisionee.Tick(Now);
                Bearer.Tick(Now);
                Transmitter.Pump();
            }
        }

        /// <summary>The next PDU that it has sent, or nothing.</summary>
        public string Next()
        {
            return _read < Radio.Count ? Radio.Text(_read++) : "";
        }

        /// <summary>The next PDU that it sends within two seconds.</summary>
        public string Wait()
        {
            for (int i = 0; i < 2000 && _read == Radio.Count; i++)
            {
                Run(1);
            }

            return Next();
        }

        /// <summary>Forgets what it has sent.</summary>
        public void Skip()
        {
            _read = Radio.Count;
        }

        public void Open()
        {
            Receive(LinkOpen);
            Run(100);
            Skip();
        }

        /// <summary>A segment of a transaction as the provisioner sends it.</summary>
        public static string Segment(int transaction, string pdu, int segment)
        {
            byte[] octets = Hex.Decode(pdu);
            byte[] result = new byte[GenericProvisioningPdu.MaxLength];
            int count = GenericProvisioningPdu.EncodeSegment(0x23AF5850, transaction, octets, octets.Length, segment, result);

            return Hex.Encode(result, 0, count);
        }

        public static string Acknowledgment(int transaction)
        {
            return Link + Hex.Encode(new byte[] { (byte)transaction }) + "01";
        }

        /// <summary>Gives it a whole Provisioning PDU.</summary>
        public PbAdvVerdict Send(int transaction, string pdu)
        {
            int last = GenericProvisioningPdu.LastSegment(pdu.Length / 2);

            for (int i = 0; i < last; i++)
            {
                Receive(Segment(transaction, pdu, i));
            }

            return Receive(Segment(transaction, pdu, last));
        }
    }
}
