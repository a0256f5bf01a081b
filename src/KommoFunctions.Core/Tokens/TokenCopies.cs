using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>An encrypted pair outside the vault.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Order">Which it is.</param>
/// <param name="Box">What <see cref="TokenSeal"/> made of it.</param>
/// <param name="StoredAt">When it was stored, by storage's own note; null for one that is not yet.</param>
internal sealed record TokenCopy(long AccountId, TokenOrder Order, byte[] Box, DateTimeOffset? StoredAt = null);

/// <summary>
/// The second place: encrypted pairs in table storage, from Kommo's answer until the vault has them. All lie side by side, as a rule there is
/// none, and so one request finds those that a crash has left.
/// </summary>
internal sealed partial class TokenCopies(VersionedRows rows, TokenVault vault, ILogger<TokenCopies> logger)
{
    private const string Partition = "copy";

    public Task PutAsync(TokenCopy copy, CancellationToken cancellationToken) => rows.OverwriteAsync(
        new TableEntity(Partition, Key(copy.AccountId, copy.Order))
        {
            ["AccountId"] = copy.AccountId,
            ["TokenGeneration"] = copy.Order.Generation,
            ["Fence"] = copy.Order.Fence,
            ["Box"] = copy.Box,
        },
        TableUpdateMode.Replace,
        because: "The key names the pair: whoever writes it writes the same pair.",
        cancellationToken);

    /// <summary>All copies, or those of one account, the newest last.</summary>
    public async IAsyncEnumerable<TokenCopy> ListAsync(long? accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = accountId is { } id
            ? TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {Key(id, default)} and RowKey lt {Key(id + 1, default)}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in rows.QueryAsync(filter, cancellationToken))
        {
            yield return new TokenCopy(
                row.GetInt64("AccountId")!.Value,
                new(row.GetInt64("TokenGeneration")!.Value, row.GetInt64("Fence")!.Value),
                row.GetBinary("Box"),
                row.Timestamp);
        }
    }

    /// <summary>The pairs of an account that can be read, the newest first.</summary>
    public async Task<IReadOnlyList<AccountTokens>> OpenAsync(long accountId, CancellationToken cancellationToken)
    {
        var pairs = new List<AccountTokens>();
        await foreach (var copy in ListAsync(accountId, cancellationToken))
        {
            if (await OpenAsync(copy, cancellationToken) is { } tokens)
            {
                pairs.Add(tokens);
            }
        }

        return [.. pairs.OrderByDescending(tokens => tokens.Order)];
    }

    /// <summary>
    /// Deletes an account's copies of this pair and of earlier generations. One of the same generation, from a holder of the lock who came late, stays until
    /// the next: it is what is left if this pair turns out not to work.
    /// </summary>
    public async Task DeleteAsync(long accountId, TokenOrder newest, CancellationToken cancellationToken)
    {
        await foreach (var copy in ListAsync(accountId, cancellationToken))
        {
            if (copy.Order == newest || copy.Order.Generation < newest.Generation)
            {
                await rows.RemoveAsync(
                    Partition,
                    Key(accountId, copy.Order),
                    because: "The key names the pair, which nobody writes anew with another content; it is in the vault, or a newer one is.",
                    cancellationToken);
            }
        }
    }

    /// <summary>The integration's secret may have been replaced since: the one before it is tried too.</summary>
    private async Task<AccountTokens?> OpenAsync(TokenCopy copy, CancellationToken cancellationToken)
    {
        if (TokenSeal.TryOpen(await vault.GetClientSecretAsync(cancellationToken), copy.AccountId, copy.Order, copy.Box) is { } tokens)
        {
            return tokens;
        }

        if (await vault.ReadPreviousClientSecretAsync(cancellationToken) is { } previous
            && TokenSeal.TryOpen(previous, copy.AccountId, copy.Order, copy.Box) is { } older)
        {
            return older;
        }

        Log.NotReadable(logger, copy.AccountId, copy.Order, copy.StoredAt);
        return null;
    }

    /// <summary>Sorts by account, then by order.</summary>
    private static string Key(long accountId, TokenOrder order) =>
        string.Create(CultureInfo.InvariantCulture, $"{accountId:D19}-{order.Generation:D19}-{order.Fence:D19}");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The encrypted copy {Order} of account {AccountId}'s tokens, from {StoredAt}, cannot be read under the integration's secret or the one before it")]
        public static partial void NotReadable(ILogger logger, long accountId, TokenOrder order, DateTimeOffset? storedAt);
    }
}
