using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Outbox;

/// <summary>A command as a row.</summary>
internal static class CommandRow
{
    private const string Json = "Json";
    private const string StoredAt = "StoredAt";

    /// <summary>What a request says of a row beside its JSON: keys, headers.</summary>
    private const int Overhead = 1_024;

    /// <summary>A transaction takes 100 changes.</summary>
    private const int MaxRows = 50;

    /// <summary>A transaction takes 4 MiB.</summary>
    private const int MaxBytes = 3_500_000;

    /// <summary>The columns from which <see cref="ReadAge"/> reads.</summary>
    public static IReadOnlyList<string> AgeColumns { get; } = ["RowKey", StoredAt];

    public static TableEntity Of(LaneKey lane, PendingCommand command)
    {
        var row = new TableEntity(lane.PartitionKey, command.Id) { [StoredAt] = command.StoredAt };
        TextColumns.Write(row, Json, command.Json);
        return row;
    }

    public static PendingCommand Read(TableEntity row) => new(row.RowKey, TextColumns.Read(row, Json) ?? string.Empty, ReadAge(row)) { ETag = row.ETag };

    /// <summary>When the event of the command came in.</summary>
    public static DateTimeOffset ReadAge(TableEntity row) => row.GetDateTimeOffset(StoredAt) ?? default;

    /// <summary>Cuts commands into transactions, none of which is too large for storage.</summary>
    public static IEnumerable<IReadOnlyList<PendingCommand>> Transactions(IEnumerable<PendingCommand> commands)
    {
        var (transaction, bytes) = (new List<PendingCommand>(), 0);
        foreach (var command in commands)
        {
            var more = Overhead + TextColumns.BytesOf(command.Json);
            if (transaction.Count == MaxRows || (transaction.Count > 0 && bytes + more > MaxBytes))
            {
                yield return transaction;
                (transaction, bytes) = ([], 0);
            }

            transaction.Add(command);
            bytes += more;
        }

        if (transaction.Count > 0)
        {
            yield return transaction;
        }
    }
}
