namespace MeshNode.Provisioning
{
    /// <summary>
    /// Keeps a stranger from trying one AuthValue after the other (CVE-2020-26557): after some failed authentications the device refuses to
    /// authenticate for a time that doubles with each further one.
    /// </summary>
    /// <remarks>Storage keeps the count, so that the power does not help. Refused attempts do not prolong the time.</remarks>
    public sealed class AttemptLimit
    {
        /// <summary>Failures that have no consequence.</summary>
        public const int Free = 3;

        /// <summary>Milliseconds of the first pause.</summary>
        public const int FirstPause = 10000;

        /// <summary>Milliseconds of the longest pause.</summary>
        public const int LongestPause = 3600000;

        private int _failures;
        private int _pause;
        private long _until;

        /// <summary>Authentications that have failed since the last one that succeeded.</summary>
        public int Failures
        {
            get { return _failures; }
        }

        /// <summary>Whether an attempt is to be refused.</summary>
        public bool IsBlocked(long now)
        {
            return _pause != 0 && now < _until;
        }

        /// <summary>An authentication has failed.</summary>
        public void Fail(long now)
        {
            _failures++;

            if (_failures < Free)
            {
                return;
            }

            _pause = _pause == 0 ? FirstPause : _pause > LongestPause / 2 ? LongestPause : 2 * _pause;
            _until = now + _pause;
        }

        /// <summary>Takes over a count that was kept. A pause begins anew.</summary>
        public void Restore(int failures, long now)
        {
            _failures = failures < Free ? failures : Free - 1;

            while (_failures < failures && _pause < LongestPause)
            {
                Fail(now);
            }

            _failures = failures;
        }

        /// <summary>An authentication has succeeded.</summary>
        public void Succeed()
        {
            _failures = 0;
            _pause = 0;
        }
    }
}
