using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Models.Generic;
using MeshNode.Provisioning;

namespace MeshNode
{
    /// <summary>What the maker of a device decides. Read at the start; times are in milliseconds.</summary>
    public sealed class NodeSettings
    {
        /// <summary>Company identifier of the composition data.</summary>
        public int Company = 0x05F1;

        /// <summary>Product identifier.</summary>
        public int Product = 1;

        /// <summary>Product version.</summary>
        public int ProductVersion = 1;

        /// <summary>How much the node can hold. One proxy client is served whatever it says.</summary>
        public StackProfile Profile = StackProfile.Small();

        /// <summary>The models of the lamp.</summary>
        public LampModels Lamp = new OnOffLamp();

        /// <summary>How the bearers divide their time.</summary>
        public BearerSettings Bearer = new BearerSettings();

        /// <summary>Octets of each of the two files of the journal at most, a multiple of 4.</summary>
        public int JournalSize = 8192;

        /// <summary>Further models of the lamp's element, which belong to the node from then on; or <see langword="null"/>.</summary>
        public Model[] Models;

        /// <summary>Algorithms offered to provisioners, bits of <see cref="ProvisioningAlgorithm"/>; see <see cref="ProvisioningCapabilities"/>.</summary>
        public int Algorithms = ProvisioningAlgorithm.HmacSha256Flag;

        /// <summary>Static OOB value, or <see langword="null"/>.</summary>
        public byte[] StaticOob;

        /// <summary>Most digits or characters of an output OOB value, 0 to 8.</summary>
        public int OutputOobSize = 4;

        /// <summary>Output OOB actions, one bit for each of <see cref="OutputOobAction"/>; whatever is chosen, the log shows the value too.</summary>
        public int OutputOobActions = (1 << OutputOobAction.Blink) | (1 << OutputOobAction.Numeric) | (1 << OutputOobAction.Alphanumeric);

        /// <summary>Time between two lines of counters in the log; 0 for none.</summary>
        public int CountersPeriod = 60000;

        /// <summary>Octets of the largest free block of internal native memory below which the chip is restarted when it is idle and the lamp is off.</summary>
        public int LowMemory = 24576;

        /// <summary>Octets below which it is restarted at once.</summary>
        public int ShortMemory = 12288;

        /// <summary>Least time from the start to a planned restart when idle; a tenth of it to one at once.</summary>
        public int LeastRun = 600000;

        /// <summary>Time without a round of the main loop after which the chip is restarted.</summary>
        public int Watchdog = 30000;
    }
}
