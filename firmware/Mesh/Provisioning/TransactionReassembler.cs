using System;

namespace MeshNode.Provisioning
{
    /// <summary>Puts the segments of a Provisioning PDU back together. See Mesh Protocol 1.1, section 5.3.3.</summary>
    /// <remarks>
    /// Its buffer holds the longest Provisioning PDU; a longer one is ignored before anything is stored (CVE-2025-9558), and so is a segment
    /// that does not lie within what its start has announced (CVE-2025-9557, CVE-2022-24893).
    /// </remarks>
    public sealed class TransactionReassembler
    {
        /// <summary>The Provisioning PDU; the first <see cref="Length"/> octets are valid.</summary>
        public readonly byte[] Pdu = new byte[ProvisioningPdu.MaxLength];

        private int _length;
        private int _fcs;
        private int _missing;

        /// <summary>Octets of the Provisioning PDU.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Whether segments are missing.</summary>
        public bool InProgress
        {
            get { return _missing != 0; }
        }

        /// <summary>
        /// Takes a start or a continuation. A start that announces something else than the one before begins anew.
        /// </summary>
        /// <param name="segment">Read from <paramref name="payload"/>.</param>
        public TransactionReassembly Receive(GenericProvisioningPdu segment, byte[] payload)
        {
            int number = segment.Number;

            if (segment.Format == GenericProvisioningPdu.Start)
            {
                if (segment.TotalLength > ProvisioningPdu.MaxLength)
                {
                    return TransactionReassembly.Ignored;
                }

                if (_missing == 0 || segment.TotalLength != _length || segment.Fcs != _fcs)
                {
                    _length = segment.TotalLength;
                    _fcs = segment.Fcs;
                    _missing = (1 << (number + 1)) - 1;
                }

                number = 0;
            }
            else if (_missing == 0
                || number > GenericProvisioningPdu.LastSegment(_length)
                || segment.DataCount != GenericProvisioningPdu.SegmentSize(_length, number))
            {
                return TransactionReassembly.Ignored;
            }

            Array.Copy(payload, segment.DataOffset, Pdu, GenericProvisioningPdu.SegmentOffset(number), segment.DataCount);
            _missing &= ~(1 << number);

            if (_missing != 0)
            {
                return TransactionReassembly.Incomplete;
            }

            return GenericProvisioningPdu.ComputeFcs(Pdu, _length) == _fcs ? TransactionReassembly.Complete : TransactionReassembly.Damaged;
        }

        /// <summary>Forgets everything: a new link begins.</summary>
        public void Reset()
        {
            _missing = 0;
            _length = 0;
            Array.Clear(Pdu, 0, Pdu.Length);
        }
    }
}
