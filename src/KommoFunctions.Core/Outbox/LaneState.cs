using Azure;
using Azure.Data.Tables;

namespace KommoFunctions.Outbox;

/// <summary>
/// A lane's row. It is the lane's lock and at the same time says what is being sent: marking a batch as sent and proving that the lane is
/// still ours are one compare-and-swap, so that a process that lost the lane cannot send.
/// </summary>
internal sealed record LaneState
{
    /// <summary>Sorts before every command: those begin with a digit.</summary>
    public const string RowKey = "!lane";

    public static readonly LaneState New = new();

    public ETag? ETag { get; init; }

    /// <summary>The pass that wrote the row last.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Until when another process keeps its hands off; UTC.</summary>
    public DateTimeOffset HeldUntil { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The commands of a request that was about to be sent and whose answer is not known yet.</summary>
    public IReadOnlyList<string> InFlight { get; init; } = [];

    /// <summary>When that request was about to be sent; UTC.</summary>
    public DateTimeOffset InFlightSince { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The batch limit learnt from gateway timeouts; 0 = the configured one.</summary>
    public int BatchLimit { get; init; }

    /// <summary>When the last request that was answered was about to be sent; UTC.</summary>
    public DateTimeOffset LastSentAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether the next batch takes each entity once: Kommo refused an item that stood for several commands, and one of them is to blame.</summary>
    public bool Unmerged { get; init; }

    public static LaneState From(TableEntity row) => new()
    {
        ETag = row.ETag,
        Holder = row.GetString("Holder") ?? "",
        HeldUntil = row.GetDateTimeOffset("HeldUntil") ?? DateTimeOffset.UnixEpoch,
        InFlight = row.GetString("InFlight") is { Length: > 0 } ids ? ids.Split(' ') : [],
        InFlightSince = row.GetDateTimeOffset("InFlightSince") ?? DateTimeOffset.UnixEpoch,
        BatchLimit = row.GetInt32("BatchLimit") ?? 0,
        LastSentAt = row.GetDateTimeOffset("LastSentAt") ?? DateTimeOffset.UnixEpoch,
        Unmerged = row.GetBoolean("Unmerged") ?? false,
    };

    public TableEntity ToRow(string partitionKey) => new(partitionKey, RowKey)
    {
        ["Holder"] = Holder,
        ["HeldUntil"] = HeldUntil,
        ["InFlight"] = string.Join(' ', InFlight),
        ["InFlightSince"] = InFlightSince,
        ["BatchLimit"] = BatchLimit,
        ["LastSentAt"] = LastSentAt,
        ["Unmerged"] = Unmerged,
    };
}
