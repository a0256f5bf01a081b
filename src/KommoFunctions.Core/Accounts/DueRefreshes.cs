using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Accounts;

/// <summary>A refresh to come.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
internal readonly record struct DueRefresh(long AccountId, DateTimeOffset At);

/// <summary>
/// One row for each refresh to come, sorted by its time: what is due is at the beginning, and nobody has to look at the accounts that are not. An entry can
/// be out of date: the account's own row counts.
/// </summary>
internal sealed class DueRefreshes(VersionedRows rows)
{
    private const string Partition = "due";

    /// <summary>What is to be refreshed by <paramref name="now"/>, the longest due first.</summary>
    public async IAsyncEnumerable<DueRefresh> ListAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {Key(now.AddTicks(1), 0)}");
        await foreach (var row in rows.QueryAsync(filter, cancellationToken, ["RowKey"]))
        {
            var parts = row.RowKey.Split('-');
            yield return new DueRefresh(
                long.Parse(parts[1], CultureInfo.InvariantCulture), new(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero));
        }
    }

    public Task AddAsync(long id, DateTimeOffset due, CancellationToken cancellationToken) => AccountRow.Storable(due) == AccountRow.Never
        ? Task.CompletedTask
        : rows.OverwriteAsync(
            new TableEntity(Partition, Key(due, id)),
            TableUpdateMode.Replace,
            because: "The row is nothing but its key: whoever writes it writes the same.",
            cancellationToken);

    /// <summary>Removes an entry, unless it is the one that is to stay.</summary>
    public Task RemoveAsync(long id, DateTimeOffset? old, DateTimeOffset kept, CancellationToken cancellationToken) =>
        old is not { } due || AccountRow.Storable(due) == AccountRow.Never || due == kept
            ? Task.CompletedTask
            : rows.RemoveAsync(
                Partition,
                Key(due, id),
                because: "The account's row has another time by now. Should it have this one again, the look at all accounts brings the entry back.",
                cancellationToken);

    private static string Key(DateTimeOffset due, long id) => string.Create(CultureInfo.InvariantCulture, $"{due.UtcTicks:D19}-{id:D19}");
}
