namespace MeshNode.Kit.Messages;

/// <summary>The messages of clients of generic models. See Mesh Model 1.1, section 3.2.</summary>
/// <remarks>Messages that set a state carry a Transaction Identifier: the same for repetitions of one message, another for the next.</remarks>
public static class GenericMessages
{
    public static byte[] OnOffGet()
    {
        return ConfigurationMessages.Get(Opcodes.GenericOnOffGet);
    }

    public static byte[] OnOffSet(bool on, int transactionId, Transition? transition = null, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.GenericOnOffSet : Opcodes.GenericOnOffSetUnacknowledged)
            .Octet(on ? 1 : 0)
            .Transition(transactionId, transition)
            .ToArray();
    }

    public static byte[] LevelGet()
    {
        return ConfigurationMessages.Get(Opcodes.GenericLevelGet);
    }

    /// <param name="level">-32768 to 32767.</param>
    public static byte[] LevelSet(int level, int transactionId, Transition? transition = null, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.GenericLevelSet : Opcodes.GenericLevelSetUnacknowledged)
            .Int16(level)
            .Transition(transactionId, transition)
            .ToArray();
    }

    /// <param name="delta">Added to the level.</param>
    public static byte[] DeltaSet(int delta, int transactionId, Transition? transition = null, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.GenericDeltaSet : Opcodes.GenericDeltaSetUnacknowledged)
            .Int32(delta)
            .Transition(transactionId, transition)
            .ToArray();
    }

    /// <param name="delta">Added to the level in each Transition Time; 0 stops.</param>
    public static byte[] MoveSet(int delta, int transactionId, Transition? transition = null, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.GenericMoveSet : Opcodes.GenericMoveSetUnacknowledged)
            .Int16(delta)
            .Transition(transactionId, transition)
            .ToArray();
    }

    public static byte[] DefaultTransitionTimeGet()
    {
        return ConfigurationMessages.Get(Opcodes.GenericDefaultTransitionTimeGet);
    }

    /// <param name="time">6 bits of steps, 2 of resolution.</param>
    public static byte[] DefaultTransitionTimeSet(int time, bool acknowledged = true)
    {
        return ConfigurationMessages.Set(
            acknowledged ? Opcodes.GenericDefaultTransitionTimeSet : Opcodes.GenericDefaultTransitionTimeSetUnacknowledged, time);
    }

    public static byte[] OnPowerUpGet()
    {
        return ConfigurationMessages.Get(Opcodes.GenericOnPowerUpGet);
    }

    /// <param name="onPowerUp">0 for off, 1 for the default, 2 to restore.</param>
    public static byte[] OnPowerUpSet(int onPowerUp, bool acknowledged = true)
    {
        return ConfigurationMessages.Set(acknowledged ? Opcodes.GenericOnPowerUpSet : Opcodes.GenericOnPowerUpSetUnacknowledged, onPowerUp);
    }
}
