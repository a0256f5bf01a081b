using Azure;
using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// What is known of commands that were put back into the outbox. A message carries with it which dead letter it is; a command does not, and its
/// dead letter goes as soon as it is back. So its history waits in a partition beside, in case it comes back, and goes with the old dead letters.
/// </summary>
internal sealed class CommandHistory(VersionedRows rows)
{
    private const string Prefix = "replayed-";
    private const string Original = "Original";

    /// <summary>What the command was before an operator edited it; null when none has.</summary>
    public static string? OriginalOf(TableEntity memory) => TextColumns.Read(memory, Original);

    public static bool IsMemory(TableEntity row) => row.PartitionKey.StartsWith(Prefix, StringComparison.Ordinal);

    public Task<TableEntity?> FindAsync(long accountId, string id, CancellationToken cancellationToken) =>
        rows.FindAsync(PartitionKey(accountId), id, cancellationToken);

    /// <summary>All but the message: when the command comes back, it brings that along.</summary>
    public async Task RememberAsync(DeadLetter command, CancellationToken cancellationToken)
    {
        var row = LetterRow.Of(command);
        row.PartitionKey = PartitionKey(command.AccountId);
        if (command.Original is { } original)
        {
            TextColumns.Write(row, Original, original.ToString());
        }

        await rows.OverwriteAsync(row, TableUpdateMode.Replace, "it tells of the one dead letter that is replayed, and two who replay that write the same", cancellationToken);
    }

    public Task ForgetAsync(long accountId, string id, CancellationToken cancellationToken) =>
        rows.RemoveAsync(PartitionKey(accountId), id, "the dead letter that was just written has all of it", cancellationToken);

    private static string PartitionKey(long accountId) => Prefix + LetterRow.PartitionKey(accountId);
}
