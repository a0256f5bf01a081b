using System.Collections.Concurrent;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;

namespace KommoFunctions.Outbox;

/// <summary>
/// Answers the bells that say which lanes have commands. However many ring for a lane, this process makes one pass at a time over it, and a
/// bell is answered when a pass that began after it has ended: so no command can be missed, and none needs a pass of its own. When the pass
/// fails, the bell that started it comes again and stands for the others.
/// </summary>
/// <remarks>
/// A dispatch message never becomes a dead letter for what its commands meet, nor for a crash (<see cref="DeadLetters.PoisonCollector"/>): then nothing would
/// tell of the commands that wait. When it has failed for too long, those commands become dead letters themselves, and the rest of the lane goes on.
/// </remarks>
public sealed class CommandDispatcher
{
    private readonly MessageStage _stage;
    private readonly LaneDispatcher _dispatcher;
    private readonly HoldRelease _holds;
    private readonly Lanes _lanes;
    private readonly ConcurrentDictionary<LaneKey, SharedPass> _passes = new();

    internal CommandDispatcher(MessageStage stage, LaneDispatcher dispatcher, HoldRelease holds, Lanes lanes) =>
        (_stage, _dispatcher, _holds, _lanes) = (stage, dispatcher, holds, lanes);

    /// <summary>Processes one message of <see cref="QueueNames.Dispatch"/>. Returns when the message may be deleted.</summary>
    public Task ProcessAsync(BinaryData message, CancellationToken cancellationToken = default) =>
        _stage.RunAsync(
            WorkQueue.Dispatch,
            message,
            (envelope, token) => envelope.Kind == ArrivalKind.Hold ? _holds.LookAsync(envelope, token) : DispatchAsync(envelope, token),
            cancellationToken,
            giveUp: GiveUpAsync);

    /// <summary>Routes that only a later version knows come last: for them the message becomes a dead letter, and nothing tells of the others any more.</summary>
    private async Task DispatchAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var lanes = LanesOf(envelope).ToLookup(key => _lanes.Has(key.Lane));
        await DrainAsync(lanes[true], cancellationToken);
        await DrainAsync(lanes[false], cancellationToken);
    }

    private Task DrainAsync(IEnumerable<LaneKey> lanes, CancellationToken cancellationToken) => Task.WhenAll(lanes.Select(key =>
        _passes.GetOrAdd(key, k => new SharedPass(token => _dispatcher.DrainAsync(k, token))).RunAsync(cancellationToken)));

    private async Task GiveUpAsync(Envelope envelope, FailureDecision.DeadLetter decision, CancellationToken cancellationToken)
    {
        if (envelope.Kind != ArrivalKind.Hold)
        {
            foreach (var key in LanesOf(envelope))
            {
                await _dispatcher.GiveUpAsync(key, decision, cancellationToken);
            }
        }
    }

    private static IEnumerable<LaneKey> LanesOf(Envelope envelope) =>
        envelope.Content.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(lane => new LaneKey(envelope.AccountId, lane));
}
