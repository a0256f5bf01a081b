using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;

namespace KommoFunctions.DeadLetters;

/// <summary>Puts dead letters back to where they came from.</summary>
public sealed class DeadLetterReplay
{
    private readonly DeadLetterStore _store;
    private readonly MessageQueues _queues;
    private readonly ContentCodec _codec;
    private readonly Lanes _lanes;
    private readonly RefusedCommands _refused;
    private readonly OutboxWriter _outbox;
    private readonly TimeProvider _time;

    internal DeadLetterReplay(
        DeadLetterStore store, MessageQueues queues, ContentCodec codec, Lanes lanes, RefusedCommands refused, OutboxWriter outbox, TimeProvider time)
    {
        _store = store;
        _queues = queues;
        _codec = codec;
        _lanes = lanes;
        _refused = refused;
        _outbox = outbox;
        _time = time;
    }

    /// <summary>
    /// Replays one item under its old identity, so that what was done of it before is not done again. A message stays among the dead letters until it
    /// is done; a command goes back into the outbox. Either keeps its history when it fails again.
    /// </summary>
    /// <returns>False when there is no such item, or when it needs another body first: a message that could not be read at all.</returns>
    public async Task<bool> ReplayAsync(long accountId, string id, CancellationToken cancellationToken = default) =>
        (await TryReplayAsync(accountId, id, cancellationToken)).Result == LetterResult.Done;

    internal async Task<LetterOutcome> TryReplayAsync(long accountId, string id, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync(accountId, id, cancellationToken) is not { } item)
        {
            return LetterOutcome.NotFound;
        }

        try
        {
            return RefusedCommands.IsSource(item.Source)
                ? await ReplayCommandAsync(item, cancellationToken)
                : await ReplayMessageAsync(item, Envelope.Parse(item.Message), cancellationToken);
        }
        catch (UnreadableMessageException e)
        {
            return LetterOutcome.Refused($"It cannot be put back as it is: {e.Message} Give it another body, or discard it.");
        }
    }

    private async Task<LetterOutcome> ReplayCommandAsync(DeadLetter item, CancellationToken cancellationToken)
    {
        var (lane, now) = (_lanes[RefusedCommands.LaneOf(item.Source)], _time.GetUtcNow());
        await _store.RememberAsync(item with { ReplayedAt = now }, cancellationToken);
        await _refused.RestoreAsync(item, cancellationToken);
        await _outbox.RingAsync(item.AccountId, item.Id, now, [lane.Name], cancellationToken);
        // Unless it has come back already.
        await _store.DiscardUnchangedAsync(item, cancellationToken);
        _store.Tell(item);
        return LetterOutcome.Done("It is in the outbox again.");
    }

    private async Task<LetterOutcome> ReplayMessageAsync(DeadLetter item, Envelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.AccountId != item.AccountId)
        {
            // A message that an earlier version of this app could not read: now its account is known.
            var found = item with { AccountId = envelope.AccountId, Id = DeadLetterId.Of(item.Source, envelope.Id, envelope.ReceivedAt) };
            item = await _store.MoveAsync(item, found, cancellationToken);
        }

        if (!WorkQueue.Find(item.Source, out var queue))
        {
            return LetterOutcome.Refused($"It comes from the queue '{item.Source}', which this version of the app does not have. Deploy the version that wrote it, then replay.");
        }

        var now = _time.GetUtcNow();
        await _codec.RenewAsync(envelope.Content, cancellationToken);
        await _queues.SendAsync(queue, envelope with { DeadLetterId = item.Id }, cancellationToken);
        await _store.MarkReplayedAsync(item, now, cancellationToken);
        _store.Tell(item);
        return LetterOutcome.Done("It is in its queue again.");
    }
}
