using MeshNode.Models.Foundation;

namespace MeshNode.Fakes
{
    /// <summary>An application that has the tests 0 and 7; test 7 finds a fault.</summary>
    internal sealed class HealthRecord : IHealthClient
    {
        public const int TestWithFault = 7;
        public const int Fault = 0x0D;

        public HealthServer Server;
        public int Attention = -1;
        public int Tests;

        public void OnAttention(int seconds, long now)
        {
            Attention = seconds;
        }

        public bool RunTest(int testId, long now)
        {
            Tests++;

            if (testId == TestWithFault)
            {
                Server.SetFault(Fault, now);
            }

            return testId == 0 || testId == TestWithFault;
        }
    }
}
