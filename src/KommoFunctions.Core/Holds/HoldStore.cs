using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using KommoFunctions.Messaging;

namespace KommoFunctions.Holds;

/// <summary>The held accounts, a row each in one partition, and what waits for them, a partition an account in the order in which it came in.</summary>
internal sealed class HoldStore(TableClient table)
{
    private const string Holds = "hold";

    public async Task<AccountHold?> GetAsync(long accountId, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Holds, Key(accountId), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async IAsyncEnumerable<AccountHold> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Holds}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(row);
        }
    }

    /// <summary>Holds an account.</summary>
    /// <returns>False when it is held already.</returns>
    public Task<bool> TryAddAsync(AccountHold hold, CancellationToken cancellationToken) =>
        TryAsync(() => table.AddEntityAsync(Row(hold), cancellationToken));

    /// <summary>Writes a hold again.</summary>
    /// <returns>False when somebody else has changed or ended it.</returns>
    public Task<bool> TryReplaceAsync(AccountHold hold, CancellationToken cancellationToken) =>
        TryAsync(() => table.UpdateEntityAsync(Row(hold), hold.ETag, TableUpdateMode.Replace, cancellationToken));

    /// <summary>Ends a hold.</summary>
    public Task RemoveAsync(long accountId, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Holds, Key(accountId), ETag.All, cancellationToken);

    /// <summary>Keeps a message. Repeating it is harmless.</summary>
    public async Task<ParkedMessage> ParkAsync(string queue, Envelope envelope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{queue}\n{envelope.Kind}\n{envelope.Id}\n{envelope.Content.Value}"));
        var key = string.Create(CultureInfo.InvariantCulture, $"{envelope.ReceivedAt.UtcTicks:D19}-{Convert.ToHexStringLower(digest.AsSpan(0, 12))}");
        await table.UpsertEntityAsync(
            // Bytes take 64 KB in a row, as much as a message may have; a text would take half of it.
            new TableEntity(Key(envelope.AccountId), key) { ["Queue"] = queue, ["ParkedAt"] = now, ["Message"] = envelope.ToBinaryData().ToArray() },
            TableUpdateMode.Replace,
            cancellationToken);
        return new ParkedMessage(key, queue, now, envelope);
    }

    /// <summary>What waits for an account, oldest first.</summary>
    public async IAsyncEnumerable<ParkedMessage> ListParkedAsync(long accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Key(accountId)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 200, cancellationToken: cancellationToken))
        {
            yield return new ParkedMessage(
                row.RowKey,
                row.GetString("Queue"),
                row.GetDateTimeOffset("ParkedAt") ?? default,
                Envelope.Parse(BinaryData.FromBytes(row.GetBinary("Message"))));
        }
    }

    /// <summary>How many messages wait for an account; counted up to a number, since each thousand costs a request.</summary>
    public async Task<int> CountParkedAsync(long accountId, int atMost, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Key(accountId)}");
        return await table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken).Take(atMost).CountAsync(cancellationToken);
    }

    /// <summary>Forgets a message that is back in its queue.</summary>
    public Task UnparkAsync(long accountId, ParkedMessage message, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Key(accountId), message.Key, ETag.All, cancellationToken);

    private static async Task<bool> TryAsync(Func<Task> change)
    {
        try
        {
            await change();
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static TableEntity Row(AccountHold hold) => new(Holds, Key(hold.AccountId))
    {
        ["Reason"] = hold.Reason.ToString(),
        ["Error"] = hold.Error,
        ["Since"] = hold.Since,
        ["LookAt"] = hold.LookAt,
        ["Looks"] = hold.Looks,
    };

    private static AccountHold Read(TableEntity row) => new(
        long.Parse(row.RowKey, CultureInfo.InvariantCulture),
        Enum.Parse<HoldReason>(row.GetString("Reason")),
        row.GetString("Error"),
        row.GetDateTimeOffset("Since") ?? default,
        row.GetDateTimeOffset("LookAt") ?? default,
        row.GetInt32("Looks") ?? 0)
    {
        ETag = row.ETag,
    };

    private static string Key(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);
}
