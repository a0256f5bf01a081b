using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;

namespace KommoFunctions.Outbox;

/// <summary>Moves commands that Kommo refuses to the dead letters, and takes them from there again.</summary>
internal sealed class RefusedCommands(OutboxStore store, DeadLetterStore deadLetters, TimeProvider time)
{
    public const string SourcePrefix = "outbox:";

    public static bool IsSource(string source) => source.StartsWith(SourcePrefix, StringComparison.Ordinal);

    public static string LaneOf(string source) => source[SourcePrefix.Length..];

    /// <summary>Kept first, removed then: a crash between the two leaves it in both places, where it is refused once more. One that is put back meanwhile stays.</summary>
    public async Task<bool> KeepAsync(LaneKey lane, PendingCommand command, string error, CancellationToken cancellationToken, string reason = DeadLetterReasons.Refused)
    {
        await deadLetters.AddAsync(
            new DeadLetter
            {
                Id = command.Id,
                AccountId = lane.AccountId,
                Source = SourcePrefix + lane.Lane,
                Reason = reason,
                FirstError = error,
                LastError = error,
                Attempts = 1,
                ReceivedAt = command.StoredAt,
                DiedAt = time.GetUtcNow(),
                Message = BinaryData.FromString(command.Json),
            },
            cancellationToken);
        await store.TryRemoveAsync(lane, command, cancellationToken);
        return true;
    }

    /// <summary>Puts a command back into its lane under its old id.</summary>
    public Task RestoreAsync(DeadLetter item, CancellationToken cancellationToken) => store.RestoreAsync(
        new LaneKey(item.AccountId, LaneOf(item.Source)),
        new PendingCommand(item.Id, CommandText.Plain(item.Message.ToString()), item.ReceivedAt),
        cancellationToken);
}
