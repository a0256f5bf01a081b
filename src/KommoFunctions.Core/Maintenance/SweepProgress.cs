using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Maintenance;

/// <summary>How far the clean-up of one kind of thing has come.</summary>
/// <param name="Began">When the pass under way began; null when none is.</param>
/// <param name="Next">Where it goes on; null at its beginning.</param>
/// <param name="CleanAsOf">The start of the last complete pass: everything past its time then is gone. Null when there was none yet.</param>
internal sealed record SweepProgress(DateTimeOffset? Began, string? Next, DateTimeOffset? CleanAsOf)
{
    /// <summary>Whether there is something to do: a pass under way, or the time for the next one.</summary>
    public bool IsDue(DateTimeOffset now, TimeSpan every) => Began is not null || CleanAsOf is not { } at || now - at >= every;
}

/// <summary>Remembers it, a row each, so that a run goes on where the one before had to stop.</summary>
internal sealed class SweepProgressStore(VersionedRows rows)
{
    private const string Partition = "retention";

    public async Task<SweepProgress> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(Partition, name, cancellationToken);
        return new SweepProgress(row?.GetDateTimeOffset("Began"), row?.GetString("Next"), row?.GetDateTimeOffset("CleanAsOf"));
    }

    public Task WriteAsync(string name, SweepProgress progress, CancellationToken cancellationToken) => rows.OverwriteAsync(
        new TableEntity(Partition, name) { ["Began"] = progress.Began, ["Next"] = progress.Next, ["CleanAsOf"] = progress.CleanAsOf },
        TableUpdateMode.Replace,
        because: "two runs at once remove the same things; whichever place stays, what lies before it is removed or is found by the next pass",
        cancellationToken);
}
