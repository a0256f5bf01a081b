using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Keeps what could not be processed until someone replays or discards it: a row an item, and a blob for a message too large for a row.
/// </summary>
public sealed partial class DeadLetterStore
{
    private const int MaxTextInRow = 30_000;
    private const int MaxErrorLength = 2_000;

    private readonly TableClient _table;
    private readonly BlobContainerClient _blobs;
    private readonly ILogger _logger;
    private readonly CoreMetrics _metrics;

    internal DeadLetterStore(TableClient table, BlobContainerClient blobs, CoreMetrics metrics, ILogger<DeadLetterStore> logger)
    {
        _table = table;
        _blobs = blobs;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Keeps an item. The same id again counts as a replay that came back and keeps the first error.</summary>
    public async Task AddAsync(DeadLetter item, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionKey(item.AccountId), item.Id)
        {
            ["Source"] = item.Source,
            ["Reason"] = item.Reason,
            ["FirstError"] = Shorten(item.FirstError),
            ["LastError"] = Shorten(item.LastError),
            ["Attempts"] = item.Attempts,
            ["ReceivedAt"] = item.ReceivedAt,
            ["DiedAt"] = item.DiedAt,
            ["Replays"] = item.Replays,
        };
        var bytes = item.Message.ToMemory();
        if (bytes.Length <= MaxTextInRow && Utf8.IsValid(bytes.Span))
        {
            row["Text"] = Encoding.UTF8.GetString(bytes.Span);
        }
        else
        {
            await Blob(item.AccountId, item.Id).UploadAsync(item.Message, overwrite: true, cancellationToken);
        }

        var previous = await _table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        if (previous.HasValue)
        {
            row["FirstError"] = previous.Value!.GetString("FirstError");
            row["Attempts"] = item.Attempts + (previous.Value.GetInt32("Attempts") ?? 0);
            row["Replays"] = item.Replays + (previous.Value.GetInt32("Replays") ?? 0);
        }

        await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        _metrics.DeadLettered(item.Source, item.Reason);
        Log.Added(_logger, item.Id, item.AccountId, item.Source, item.Reason, item.Attempts);
    }

    /// <summary>The items of one account, or of all, in the order of their ids (oldest first within an account).</summary>
    public async IAsyncEnumerable<DeadLetter> ListAsync(
        long? accountId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = accountId is { } id ? TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKey(id)}") : null;
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return await ReadAsync(row, cancellationToken);
        }
    }

    /// <summary>One item; null when there is none of that id.</summary>
    public async Task<DeadLetter?> GetAsync(long accountId, string id, CancellationToken cancellationToken = default)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(PartitionKey(accountId), id, cancellationToken: cancellationToken);
        return row.HasValue ? await ReadAsync(row.Value!, cancellationToken) : null;
    }

    /// <summary>Removes an item for good.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DiscardAsync(long accountId, string id, CancellationToken cancellationToken = default)
    {
        var response = await _table.DeleteEntityAsync(PartitionKey(accountId), id, ETag.All, cancellationToken);
        await Blob(accountId, id).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        return response.Status != 404;
    }

    /// <summary>Removes an item unless it came back since it was read.</summary>
    internal async Task DiscardUnchangedAsync(DeadLetter item, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(PartitionKey(item.AccountId), item.Id, item.ETag ?? ETag.All, cancellationToken);
            await Blob(item.AccountId, item.Id).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // Refused once more already: it stays.
        }
    }

    /// <summary>Removes the items that died before <paramref name="before"/>.</summary>
    internal async Task<int> DiscardOlderAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var count = 0;
        var old = TableClient.CreateQueryFilter($"DiedAt lt {before}");
        await foreach (var row in _table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            await DiscardAsync(long.Parse(row.PartitionKey, CultureInfo.InvariantCulture), row.RowKey, cancellationToken);
            count++;
        }

        return count;
    }

    private async Task<DeadLetter> ReadAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var accountId = long.Parse(row.PartitionKey, CultureInfo.InvariantCulture);
        var message = row.GetString("Text") is { } text
            ? BinaryData.FromString(text)
            : (await Blob(accountId, row.RowKey).DownloadContentAsync(cancellationToken)).Value.Content;
        return new DeadLetter
        {
            Id = row.RowKey,
            AccountId = accountId,
            Source = row.GetString("Source"),
            Reason = row.GetString("Reason"),
            FirstError = row.GetString("FirstError"),
            LastError = row.GetString("LastError"),
            Attempts = row.GetInt32("Attempts") ?? 0,
            Replays = row.GetInt32("Replays") ?? 0,
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt") ?? default,
            DiedAt = row.GetDateTimeOffset("DiedAt") ?? default,
            Message = message,
            ETag = row.ETag,
        };
    }

    private BlobClient Blob(long accountId, string id) => _blobs.GetBlobClient($"{PartitionKey(accountId)}/{id}");

    private static string PartitionKey(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string error) => error.Length <= MaxErrorLength ? error : error[..MaxErrorLength];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Dead letter {Id} of account {AccountId} from {Source}: {Reason} after {Attempts} attempts")]
        public static partial void Added(ILogger logger, string id, long accountId, string source, string reason, int attempts);
    }
}
