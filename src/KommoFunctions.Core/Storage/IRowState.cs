using Azure.Data.Tables;

namespace KommoFunctions.Storage;

/// <summary>What a row carries beside its lease.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IRowState<TSelf>
    where TSelf : class, IRowState<TSelf>
{
    /// <summary>Reads it; a row without any of it, or none at all, is one that nobody has written yet.</summary>
    static abstract TSelf Read(TableEntity? row);

    /// <summary>Writes it into the row's columns; the others stay.</summary>
    void Write(TableEntity row);
}

/// <summary>For a lease that is a lock and nothing more.</summary>
internal sealed record NoState : IRowState<NoState>
{
    private static readonly NoState Only = new();

    public static NoState Read(TableEntity? row) => Only;

    public void Write(TableEntity row)
    {
        // There is nothing to write.
    }
}
