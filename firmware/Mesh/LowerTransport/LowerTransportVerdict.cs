namespace MeshNode.LowerTransport
{
    /// <summary>What became of a Lower Transport PDU, and the index of its counter in <see cref="LowerTransportLayer.Count"/>.</summary>
    public enum LowerTransportVerdict : byte
    {
        /// <summary>The Upper Transport PDU was complete and was accepted.</summary>
        Accepted,

        /// <summary>A segment of a message that is not complete yet.</summary>
        Segment,

        /// <summary>A Segment Acknowledgment for a message that this node sends.</summary>
        Acknowledgment,

        /// <summary>Shorter than its header and one octet, or a segment, other than the last, that is not full.</summary>
        Length,

        /// <summary>Not newer than what was accepted from its source. See Mesh Protocol 1.1, section 3.9.8.</summary>
        Replayed,

        /// <summary>The source is unknown and the replay protection list is full.</summary>
        ReplayListFull,

        /// <summary>SegO is larger than SegN, or SeqZero tells of a SEQ below 0.</summary>
        SegmentNumber,

        /// <summary>The segment contradicts the segments before it in destination, key, SZMIC, SegN or length.</summary>
        Inconsistent,

        /// <summary>The segment was there already.</summary>
        RepeatedSegment,

        /// <summary>The message is complete; it is acknowledged once more.</summary>
        Completed,

        /// <summary>The message was given up before, or its source has given it up: a newer one for the same destination is received.</summary>
        Discarded,

        /// <summary>There is no room for one more segmented message: it is refused with a BlockAck of 0.</summary>
        Busy,

        /// <summary>A Segment Acknowledgment for nothing that this node sends, for segments that it does not have, or that tells nothing new.</summary>
        UnknownAcknowledgment,

        /// <summary>The upper transport layer has refused the Upper Transport PDU.</summary>
        Refused,
    }
}
