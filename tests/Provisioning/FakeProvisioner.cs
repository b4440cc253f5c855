namespace MeshNode.Provisioning
{
    /// <summary>Everything around a <see cref="Provisionee"/>: bearer, stack and application, which keep what they are told.</summary>
    internal sealed class FakeProvisioner : IProvisioningBearer, IProvisioneeClient, IProvisioningClient
    {
        public readonly ProvisioningCapabilities Capabilities = new ProvisioningCapabilities();
        public readonly ProvisioningRandom Random = new ProvisioningRandom();
        public Provisionee Provisionee;

        /// <summary>Whether the application can show and ask.</summary>
        public bool CanShow = true;

        public int Sent;
        public string LastSent = "";
        public string BeforeLastSent = "";
        public int Closes;
        public int LastCloseReason = -1;
        public int Opened;
        public int LinksClosed;
        public bool LastProvisioned;
        public bool LastNodeIdentity;
        public int Attention = -1;
        public int Action = -1;
        public int Size;
        public uint Number;
        public string Text = "";
        public int OobEnded;
        public int Provisioned;
        public string NetKey = "";
        public string DeviceKey = "";
        public int Failures;
        public int LastFailure = -1;

        public bool NodeIdentity = true;

        public bool StartsNodeIdentity
        {
            get { return NodeIdentity; }
        }

        public int CloseTimeout
        {
            get { return 5000; }
        }

        /// <summary>Makes the device with what <see cref="Capabilities"/> says.</summary>
        public Provisionee Start()
        {
            Provisionee = new Provisionee(Capabilities, Random, this, this);

            return Provisionee;
        }

        /// <summary>A device whose key pair is ready and whose link is open.</summary>
        public Provisionee Open(int algorithms)
        {
            Capabilities.Algorithms = algorithms;
            Start();
            Compute(0);
            Provisionee.Open(this, 0);

            return Provisionee;
        }

        /// <summary>Lets it compute all that it has to.</summary>
        /// <returns>Slices.</returns>
        public int Compute(long now)
        {
            int slices = 0;

            do
            {
                Provisionee.Tick(now);
                slices++;
            }
            while (Provisionee.Agreement.IsComputing);

            return slices;
        }

        public int Receive(string pdu, long now)
        {
            byte[] octets = Hex.Decode("ff" + pdu + "ff");

            return Provisionee.Receive(octets, 1, octets.Length - 2, now);
        }

        public void Send(byte[] pdu, int count, long now)
        {
            Sent++;
            BeforeLastSent = LastSent;
            LastSent = Hex.Encode(pdu, 0, count);
        }

        public void Close(int reason, long now)
        {
            Closes++;
            LastCloseReason = reason;
            Provisionee.Close(now);
        }

        public void OnLinkOpened(long now)
        {
            Opened++;
        }

        public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
        {
            Provisioned++;
            NetKey = Hex.Encode(data.NetKey);
            DeviceKey = Hex.Encode(deviceKey);
        }

        public void OnLinkClosed(bool provisioned, bool startNodeIdentity, long now)
        {
            LinksClosed++;
            LastProvisioned = provisioned;
            LastNodeIdentity = startNodeIdentity;
        }

        public void OnAttention(int seconds, long now)
        {
            Attention = seconds;
        }

        public bool ShowNumber(int action, uint number, int digits, long now)
        {
            Action = action;
            Number = number;
            Size = digits;

            return CanShow;
        }

        public bool ShowText(byte[] text, int count, long now)
        {
            Text = Hex.Encode(text, 0, count);
            Size = count;

            return CanShow;
        }

        public bool RequestInput(int action, int size, long now)
        {
            Action = action;
            Size = size;

            return CanShow;
        }

        public void OnOobEnded(long now)
        {
            OobEnded++;
        }

        public void OnFailed(int error, long now)
        {
            Failures++;
            LastFailure = error;
        }
    }
}
