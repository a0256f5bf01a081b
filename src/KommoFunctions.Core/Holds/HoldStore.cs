using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;

namespace KommoFunctions.Holds;

/// <summary>
/// The suspended accounts, a row each in one partition, and what waits for them, a partition an account in the order in which it came in. Every write and
/// removal is a compare-and-swap.
/// </summary>
internal sealed class HoldStore(VersionedRows rows)
{
    private const string Holds = "hold";

    private static readonly string HoldsFilter = TableClient.CreateQueryFilter($"PartitionKey eq {Holds}");

    public async Task<AccountHold?> GetAsync(long accountId, CancellationToken cancellationToken) =>
        await rows.FindAsync(Holds, Key(accountId), cancellationToken) is { } row ? Read(row) : null;

    public IAsyncEnumerable<AccountHold> ListAsync(CancellationToken cancellationToken) =>
        rows.QueryAsync(HoldsFilter, cancellationToken).Select(Read);

    /// <summary>Suspends an account.</summary>
    /// <returns>False when somebody else has done it already.</returns>
    public Task<bool> TryAddAsync(AccountHold hold, CancellationToken cancellationToken) => rows.TryAddAsync(Row(hold), cancellationToken);

    /// <summary>Writes a suspension again.</summary>
    /// <returns>False when somebody else has changed or ended it.</returns>
    public Task<bool> TryReplaceAsync(AccountHold hold, CancellationToken cancellationToken) => rows.TryReplaceAsync(Row(hold), cancellationToken);

    /// <summary>Ends a suspension.</summary>
    /// <returns>False when somebody else has changed it since it was read; one that is gone counts as ended.</returns>
    public Task<bool> TryRemoveAsync(AccountHold hold, CancellationToken cancellationToken) => rows.TryDeleteAsync(Row(hold), cancellationToken);

    /// <summary>Parks a message. Parked twice it is one row, of the latest version.</summary>
    public async Task<ParkedMessage> ParkAsync(
        long accountId, WorkQueue queue, Envelope envelope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{queue.Name}\n{envelope.Kind}\n{envelope.Id}\n{envelope.Content.Value}"));
        var key = string.Create(CultureInfo.InvariantCulture, $"{envelope.ReceivedAt.UtcTicks:D19}-{Convert.ToHexStringLower(digest.AsSpan(0, 12))}");
        var written = await rows.UpdateAsync(
            Key(accountId),
            key,
            found =>
            {
                var row = ParkedMessage.ToRow(accountId, key, queue, envelope, now);
                row.ETag = found?.ETag ?? default;
                return row;
            },
            cancellationToken);
        return new ParkedMessage(written!);
    }

    /// <summary>What waits for an account, oldest first.</summary>
    public IAsyncEnumerable<ParkedMessage> ListParkedAsync(long accountId, CancellationToken cancellationToken) =>
        rows.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Key(accountId)}"), cancellationToken, pageSize: 200)
            .Select(row => new ParkedMessage(row));

    /// <summary>How many messages wait for an account; counted up to a number, since each thousand costs a request.</summary>
    public async Task<int> CountParkedAsync(long accountId, int atMost, CancellationToken cancellationToken) =>
        await rows.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Key(accountId)}"), cancellationToken, ["RowKey"])
            .Take(atMost)
            .CountAsync(cancellationToken);

    /// <summary>The accounts that messages wait for, suspended or not. A request an account: as a rule there is none.</summary>
    public async IAsyncEnumerable<long> ListAccountsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Accounts' partitions begin with a digit; that of the suspensions sorts behind them.
        for (var last = "/"; ;)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey gt {last} and PartitionKey lt {":"}");
            if (await rows.QueryAsync(filter, cancellationToken, ["PartitionKey"], pageSize: 1).FirstOrDefaultAsync(cancellationToken) is not { } next)
            {
                yield break;
            }

            last = next.PartitionKey;
            yield return long.Parse(last, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Removes a message that is back in its queue.</summary>
    /// <returns>False when it was parked anew since it was read: then it stays.</returns>
    public Task<bool> TryRemoveAsync(ParkedMessage message, CancellationToken cancellationToken) => rows.TryDeleteAsync(message.Row, cancellationToken);

    internal static string Key(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);

    private static TableEntity Row(AccountHold hold) => new(Holds, Key(hold.AccountId))
    {
        ["Reason"] = hold.Reason.ToString(),
        ["Error"] = hold.Error,
        ["Since"] = hold.Since,
        ["LookAt"] = hold.LookAt,
        ["Looks"] = hold.Looks,
        ETag = hold.ETag,
    };

    private static AccountHold Read(TableEntity row) => new(
        long.Parse(row.RowKey, CultureInfo.InvariantCulture),
        // A reason that a later version knows is away for this one: it probes, and goes by what it finds.
        Enum.TryParse<HoldReason>(row.GetString("Reason"), out var reason) ? reason : HoldReason.Away,
        row.GetString("Error"),
        row.GetDateTimeOffset("Since") ?? default,
        row.GetDateTimeOffset("LookAt") ?? default,
        row.GetInt32("Looks") ?? 0)
    {
        ETag = row.ETag,
    };
}
