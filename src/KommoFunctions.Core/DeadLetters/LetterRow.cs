using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace KommoFunctions.DeadLetters;

/// <summary>A dead letter as a table row. What a list is filtered by and shows is in columns of its own.</summary>
internal static class LetterRow
{
    private const int MaxErrorLength = 2_000;
    private const int MaxNameLength = 200;

    /// <summary>Of each death only the beginning of its error is kept: all of them are one column, which holds 32,000 characters.</summary>
    private const int MaxDeathErrorLength = 500;
    private const int MostDeaths = 20;

    /// <summary>The columns that <see cref="ReadSummary"/> needs: all but the bodies.</summary>
    public static readonly string[] SummaryColumns =
    [
        "PartitionKey", "RowKey", "Source", "Reason", "Kind", "MessageId", "Entity", "Action", "EntityId", "Events", "FirstError", "LastError",
        "Attempts", "Replays", "ReceivedAt", "DiedAt", "ReplayedAt", "Edits", "EditedAt",
    ];

    /// <summary>What stays when the same item is given up again: what an operator did to it, and with that its message.</summary>
    private static readonly string[] OperatorsColumns =
    [
        LetterBodies.Text, LetterBodies.Blob, LetterBodies.OriginalText, LetterBodies.OriginalBlob, "Edits", "EditedAt", "ReplayedAt",
    ];

    public static string PartitionKey(long accountId) => accountId.ToString(CultureInfo.InvariantCulture);

    public static TableEntity Of(DeadLetter item)
    {
        var row = new TableEntity(PartitionKey(item.AccountId), item.Id)
        {
            ["Source"] = item.Source,
            ["Reason"] = item.Reason,
            ["FirstError"] = Shorten(item.FirstError, MaxErrorLength),
            ["LastError"] = Shorten(item.LastError, MaxErrorLength),
            ["Attempts"] = item.Attempts,
            ["Replays"] = item.Replays,
            ["ReceivedAt"] = item.ReceivedAt,
            ["DiedAt"] = item.DiedAt,
            ["ReplayedAt"] = item.ReplayedAt,
            ["Edits"] = item.Edits,
            ["EditedAt"] = item.EditedAt,
        };
        IReadOnlyList<Death> deaths = item.Deaths.Count > 0
            ? item.Deaths
            : [new Death(item.DiedAt, item.Reason, Shorten(item.LastError, MaxDeathErrorLength), item.Attempts)];
        row["Deaths"] = Write(deaths);
        Describe(row, item.Subject);
        return row;
    }

    /// <summary>Writes what the item is about.</summary>
    public static void Describe(TableEntity row, DeadLetterSubject? subject)
    {
        row["Kind"] = subject?.Kind;
        row["MessageId"] = Name(subject?.MessageId);
        row["Entity"] = Name(subject?.Entity);
        row["Action"] = Name(subject?.Action);
        row["EntityId"] = Name(subject?.EntityId);
        row["Events"] = subject?.Events;
    }

    /// <summary>Adds to a new death what is known of the same item from before.</summary>
    /// <param name="row">The new death.</param>
    /// <param name="before">The row from before.</param>
    /// <param name="cameBack">Replays that have come back since, as far as the new row does not count them.</param>
    public static void Continue(TableEntity row, TableEntity before, int cameBack)
    {
        row["FirstError"] = before.GetString("FirstError");
        row["ReceivedAt"] = before.GetDateTimeOffset("ReceivedAt");
        row["Attempts"] = Number(row, "Attempts") + Number(before, "Attempts");
        row["Replays"] = Number(row, "Replays") + Number(before, "Replays") + cameBack;
        foreach (var column in OperatorsColumns)
        {
            if (before.TryGetValue(column, out var value))
            {
                row[column] = value;
            }
        }

        var deaths = Deaths(before).Concat(Deaths(row)).ToList();
        row["Deaths"] = Write(deaths.Count <= MostDeaths ? deaths : [deaths[0], .. deaths[^(MostDeaths - 1)..]]);
    }

    public static DeadLetterSummary ReadSummary(TableEntity row) => ReadInto(row, BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty), original: null);

    public static DeadLetter ReadInto(TableEntity row, BinaryData message, BinaryData? original) => new()
    {
        Id = row.RowKey,
        AccountId = long.Parse(row.PartitionKey, CultureInfo.InvariantCulture),
        Source = row.GetString("Source"),
        Reason = row.GetString("Reason"),
        Subject = row.GetString("Kind") is { } kind
            ? new DeadLetterSubject(
                kind, row.GetString("MessageId"), row.GetString("Entity"), row.GetString("Action"), row.GetString("EntityId"), Number(row, "Events"))
            : null,
        FirstError = row.GetString("FirstError"),
        LastError = row.GetString("LastError"),
        Attempts = Number(row, "Attempts"),
        Replays = Number(row, "Replays"),
        ReceivedAt = row.GetDateTimeOffset("ReceivedAt") ?? default,
        DiedAt = row.GetDateTimeOffset("DiedAt") ?? default,
        ReplayedAt = row.GetDateTimeOffset("ReplayedAt"),
        Edits = Number(row, "Edits"),
        EditedAt = row.GetDateTimeOffset("EditedAt"),
        Deaths = Deaths(row),
        ETag = row.ETag,
        Message = message,
        Original = original,
    };

    private static List<Death> Deaths(TableEntity row) =>
        row.GetString("Deaths") is { } json ? JsonSerializer.Deserialize(json, LetterJson.Compact.ListDeath) ?? [] : [];

    private static string Write(IEnumerable<Death> deaths) => JsonSerializer.Serialize(deaths.ToList(), LetterJson.Compact.ListDeath);

    private static int Number(TableEntity row, string column) => row.GetInt32(column) ?? 0;

    /// <summary>Names come out of what was posted, so they may have any length; a column has not.</summary>
    private static string? Name(string? text) => text is null ? null : Shorten(text, MaxNameLength);

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
