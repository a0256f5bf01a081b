using System.Collections.Concurrent;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;

namespace KommoFunctions.Outbox;

/// <summary>
/// Answers the bells that say which lanes have commands. However many ring for a lane, this process makes one pass at a time over it, and a
/// bell is answered when a pass that began after it has ended: so no command can be missed, and none needs a pass of its own. When the pass
/// fails, the bell that started it comes again and stands for the others.
/// </summary>
public sealed class CommandDispatcher
{
    private readonly MessageStage _stage;
    private readonly LaneDispatcher _dispatcher;
    private readonly HoldRelease _holds;
    private readonly ConcurrentDictionary<LaneKey, SharedPass> _passes = new();

    internal CommandDispatcher(MessageStage stage, LaneDispatcher dispatcher, HoldRelease holds)
    {
        _holds = holds;
        _stage = stage;
        _dispatcher = dispatcher;
    }

    /// <summary>Processes one message of <see cref="QueueNames.Dispatch"/>. Returns when the message may be deleted.</summary>
    public Task ProcessAsync(BinaryData message, CancellationToken cancellationToken = default) =>
        _stage.RunAsync(
            QueueNames.Dispatch,
            message,
            (envelope, token) => envelope.Kind == ArrivalKind.Hold ? _holds.LookAsync(envelope, token) : DispatchAsync(envelope, token),
            cancellationToken);

    private Task DispatchAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var lanes = envelope.Content.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Task.WhenAll(lanes.Select(lane =>
        {
            var key = new LaneKey(envelope.AccountId, lane);
            return _passes.GetOrAdd(key, k => new SharedPass(token => _dispatcher.DrainAsync(k, token))).RunAsync(cancellationToken);
        }));
    }
}
