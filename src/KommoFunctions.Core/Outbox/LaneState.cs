using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Outbox;

/// <summary>
/// What a lane's row carries beside its lease: what is being sent. Marking a batch as sent and proving that the lane is still ours are one
/// compare-and-swap, so that a process that lost the lane cannot send. All times are storage's.
/// </summary>
internal sealed record LaneState : IRowState<LaneState>
{
    /// <summary>Sorts before every command: those begin with a digit.</summary>
    public const string RowKey = "!lane";

    /// <summary>The commands of a request that was about to be sent and whose answer is not known yet.</summary>
    public IReadOnlyList<string> InFlight { get; init; } = [];

    /// <summary>When that request was about to be sent: not after that; UTC.</summary>
    public DateTimeOffset InFlightSince { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The batch limit learnt from gateway timeouts; 0 = the configured one.</summary>
    public int BatchLimit { get; init; }

    /// <summary>Requests in a row that Kommo answered with its block page.</summary>
    public int Blocks { get; init; }

    /// <summary>When the last request that was answered was about to be sent; UTC.</summary>
    public DateTimeOffset LastSentAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether the next batch takes each entity once: Kommo refused an item that stood for several commands, and one of them is to blame.</summary>
    public bool Unmerged { get; init; }

    public static LaneState Read(TableEntity? row) => row is null ? new() : new()
    {
        InFlight = row.GetString("InFlight") is { Length: > 0 } ids ? ids.Split(' ') : [],
        InFlightSince = row.GetDateTimeOffset("InFlightSince") ?? DateTimeOffset.UnixEpoch,
        BatchLimit = row.GetInt32("BatchLimit") ?? 0,
        LastSentAt = row.GetDateTimeOffset("LastSentAt") ?? DateTimeOffset.UnixEpoch,
        Unmerged = row.GetBoolean("Unmerged") ?? false,
        Blocks = row.GetInt32("Blocks") ?? 0,
    };

    public void Write(TableEntity row)
    {
        row["InFlight"] = string.Join(' ', InFlight);
        row["InFlightSince"] = InFlightSince;
        row["BatchLimit"] = BatchLimit;
        row["LastSentAt"] = LastSentAt;
        row["Unmerged"] = Unmerged;
        row["Blocks"] = Blocks;
    }
}
