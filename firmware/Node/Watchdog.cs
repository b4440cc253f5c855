using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace MeshNode
{
    /// <summary>Restarts the chip when the main loop has stopped: its thread has died, or waits for something that never comes.</summary>
    /// <remarks>A thread of its own; stock images offer no watchdog of the chip to applications.</remarks>
    internal sealed class Watchdog
    {
        private const int Checks = 4;

        private readonly int _time;
        private long _fed;

        /// <param name="milliseconds">Longest time between two calls of <see cref="Feed"/>.</param>
        public Watchdog(int milliseconds)
        {
            _time = milliseconds;
        }

        /// <summary>Begins to watch.</summary>
        public void Start()
        {
            _fed = Environment.TickCount64;
            new Thread(Watch).Start();
        }

        /// <summary>The main loop runs.</summary>
        public void Feed(long now)
        {
            _fed = now;
        }

        private void Watch()
        {
            while (Environment.TickCount64 - _fed < _time)
            {
                Thread.Sleep(_time / Checks);
            }

            Console.WriteLine("watchdog: the main loop has stopped, the chip is restarted");
            Power.RebootDevice();
        }
    }
}
