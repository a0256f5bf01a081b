using Azure.Data.Tables;
using KommoFunctions.Failures;
using KommoFunctions.Outbox;

namespace KommoFunctions.DeadLetters;

/// <summary>Which dead letters are meant; what is null does not count.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Reason">One of <see cref="DeadLetterReasons"/>.</param>
/// <param name="Source">A queue, a lane of the outbox, or <c>outbox</c> for all lanes.</param>
/// <param name="From">Died then or later.</param>
/// <param name="To">Died before then.</param>
internal sealed record LetterFilter(
    long? AccountId = null, string? Reason = null, string? Source = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public const string WholeOutbox = "outbox";

    /// <summary>Sorts after every account; what is remembered of replayed commands lies behind it.</summary>
    private const string AfterAccounts = ":";

    public bool IsEmpty => this == new LetterFilter();

    /// <summary>The question to the table: those behind <paramref name="after"/>.</summary>
    public string ToQuery(LetterCursor? after)
    {
        List<string> parts =
        [
            AccountId is { } account
                ? TableClient.CreateQueryFilter($"PartitionKey eq {LetterRow.PartitionKey(account)}")
                : TableClient.CreateQueryFilter($"PartitionKey lt {AfterAccounts}"),
        ];
        if (after is { } last)
        {
            parts.Add(TableClient.CreateQueryFilter(
                $"(PartitionKey gt {last.PartitionKey} or (PartitionKey eq {last.PartitionKey} and RowKey gt {last.RowKey}))"));
        }

        if (Reason is { } reason)
        {
            parts.Add(TableClient.CreateQueryFilter($"Reason eq {reason}"));
        }

        if (Source is { } source)
        {
            parts.Add(source == WholeOutbox
                ? TableClient.CreateQueryFilter($"Source ge {RefusedCommands.SourcePrefix} and Source lt {WholeOutbox + ";"}")
                : TableClient.CreateQueryFilter($"Source eq {source}"));
        }

        if (From is { } from)
        {
            parts.Add(TableClient.CreateQueryFilter($"DiedAt ge {from}"));
        }

        if (To is { } to)
        {
            parts.Add(TableClient.CreateQueryFilter($"DiedAt lt {to}"));
        }

        return string.Join(" and ", parts);
    }
}
