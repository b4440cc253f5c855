namespace MeshNode.Bearers
{
    /// <summary>How a <see cref="StockBearer"/> divides its time. All times are in milliseconds.</summary>
    public sealed class BearerSettings
    {
        /// <summary>What a node of a network is when nothing else asks for something.</summary>
        public BearerBase Base = BearerBase.Bare;

        /// <summary>How long a node is connectable after the start and after it was provisioned; 0 for not at all.</summary>
        public int BootWindow = 60000;

        /// <summary>How long it is connectable after the button was held.</summary>
        public int ButtonWindow = 60000;

        /// <summary>How long it is connectable after a client has left, for it to come back.</summary>
        public int ReturnWindow = 10000;

        /// <summary>How long it is connectable in each <see cref="WindowPeriod"/>.</summary>
        public int PeriodicWindow = 5000;

        /// <summary>Time from one periodic window to the next; 0 for none.</summary>
        public int WindowPeriod = 60000;

        /// <summary>How long it is connectable after a Solicitation PDU, which is not authenticated; 0 for not at all.</summary>
        public int SolicitedWindow = 10000;

        /// <summary>Time in which one Solicitation PDU is followed.</summary>
        public int SolicitationPeriod = 60000;

        /// <summary>How long a device that belongs to no network is connectable in each <see cref="UnprovisionedPeriod"/>; the rest is for its beacons.</summary>
        public int UnprovisionedWindow = 20000;

        /// <summary>Time from one window of such a device to the next.</summary>
        public int UnprovisionedPeriod = 30000;

        /// <summary>How long an advert is on when it is sent: time for one advertising event.</summary>
        public int Hold = 20;

        /// <summary>Least time between two adverts.</summary>
        public int Pause = 5;

        /// <summary>How long an advert is on for one advertising event while a client is connected: stock images advertise every 100 to 150 ms.</summary>
        public int ConnectedHold = 160;

        /// <summary>Each further advertising event while a client is connected.</summary>
        public int ConnectedRepeat = 150;

        /// <summary>Most advertising events for a PDU while a client is connected, 1 to 8.</summary>
        public int ConnectedTransmissions = 2;

        /// <summary>How long nothing is to be sent before it becomes connectable again within a window.</summary>
        public int Quiet = 300;

        /// <summary>Time between two restarts of the scan while PDUs come in; each makes a sender that keeps its address audible again.</summary>
        public int BusyScan = 50;

        /// <summary>Time between two restarts of the scan within ten seconds of a PDU.</summary>
        public int Scan = 100;

        /// <summary>Time between two restarts of the scan otherwise.</summary>
        public int IdleScan = 250;

        /// <summary>
        /// Time between two restarts of the scan while PDUs come in, but only from senders that take a new address for each, as BlueZ and Zephyr do:
        /// they are audible anyway, and a restart makes deaf for some milliseconds.
        /// </summary>
        public int FreshScan = 1000;

        /// <summary>How long nothing at all may be heard until the stack is started anew; 0 for ever.</summary>
        public int Deafness = 900000;

        /// <summary>Reports that may wait for the thread that owns the stack, a power of two; 32 octets each.</summary>
        public int Reports = 16;
    }
}
