namespace MeshNode.Storage
{
    /// <summary>Has the state that a <see cref="Journal"/> keeps.</summary>
    public interface IJournalOwner
    {
        /// <summary>An entry of the journal, in the order in which they were added: a later one takes the place of an earlier one of the same kind and index.</summary>
        /// <param name="buffer">Belongs to the journal, which is not to be called before this returns.</param>
        void OnEntry(int kind, int index, byte[] buffer, int offset, int count);

        /// <summary>Adds the whole state, as it is to be: with every change that has been added to the journal, or is about to be.</summary>
        void WriteAll(Journal journal);
    }
}
