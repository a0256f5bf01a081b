using Azure;

namespace KommoFunctions.Outbox;

/// <summary>A command in the outbox.</summary>
/// <param name="Id">Its row key: when the event came in, which event, which position; so the same at every attempt.</param>
/// <param name="Json">The command's content.</param>
/// <param name="StoredAt">When the event came in, UTC.</param>
internal sealed record PendingCommand(string Id, string Json, DateTimeOffset StoredAt)
{
    /// <summary>Of its row as it was read, so that a row that was written again since is not removed.</summary>
    public ETag ETag { get; init; } = ETag.All;
}
