using KommoFunctions.Messaging;
using KommoFunctions.Outbox;

namespace KommoFunctions.DeadLetters;

/// <summary>Puts dead letters back to where they came from.</summary>
public sealed class DeadLetterReplay
{
    private readonly DeadLetterStore _store;
    private readonly MessageQueues _queues;
    private readonly RefusedCommands _refused;
    private readonly OutboxWriter _outbox;
    private readonly TimeProvider _time;

    internal DeadLetterReplay(DeadLetterStore store, MessageQueues queues, RefusedCommands refused, OutboxWriter outbox, TimeProvider time)
    {
        _store = store;
        _queues = queues;
        _refused = refused;
        _outbox = outbox;
        _time = time;
    }

    /// <summary>
    /// Replays one item. A message stays among the dead letters until it is done, and keeps its history when it fails again; a command goes back
    /// into the outbox for good.
    /// </summary>
    /// <returns>False when there is no such item, or it can only be discarded: a message that could not be read at all.</returns>
    public async Task<bool> ReplayAsync(long accountId, string id, CancellationToken cancellationToken = default)
    {
        if (await _store.GetAsync(accountId, id, cancellationToken) is not { } item)
        {
            return false;
        }

        if (RefusedCommands.IsSource(item.Source))
        {
            await _refused.RestoreAsync(item, cancellationToken);
            await _outbox.RingAsync(accountId, id, _time.GetUtcNow(), [RefusedCommands.LaneOf(item.Source)], cancellationToken);
            await _store.DiscardUnchangedAsync(item, cancellationToken);
            return true;
        }

        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(item.Message);
        }
        catch (UnreadableMessageException)
        {
            return false;
        }

        await _queues.SendAsync(item.Source, envelope with { DeadLetterId = id }, cancellationToken);
        return true;
    }
}
