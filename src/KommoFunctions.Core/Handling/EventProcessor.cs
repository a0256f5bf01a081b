using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;

namespace KommoFunctions.Handling;

/// <summary>Runs the handlers of one event and stores what they send in the outbox, all or nothing.</summary>
public sealed class EventProcessor
{
    private readonly MessageStage _stage;
    private readonly ContentCodec _codec;
    private readonly EventLog _log;
    private readonly HandlerRegistry _handlers;
    private readonly AccountTimeZones _zones;
    private readonly LoopGuard _guard;
    private readonly HandlerRunner _runner;
    private readonly RequestProcessor _requests;
    private readonly CoreMetrics _metrics;

    internal EventProcessor(
        MessageStage stage,
        ContentCodec codec,
        EventLog log,
        HandlerRegistry handlers,
        AccountTimeZones zones,
        LoopGuard guard,
        HandlerRunner runner,
        RequestProcessor requests,
        CoreMetrics metrics)
    {
        _stage = stage;
        _codec = codec;
        _log = log;
        _handlers = handlers;
        _zones = zones;
        _guard = guard;
        _runner = runner;
        _requests = requests;
        _metrics = metrics;
    }

    /// <summary>Processes one message. Returns when the message may be deleted.</summary>
    /// <param name="queue">The queue that it is from: <see cref="QueueNames.Events"/> or <see cref="QueueNames.BusyEvents"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the work; the message stays in its queue.</param>
    public Task ProcessAsync(string queue, BinaryData message, CancellationToken cancellationToken = default) => _stage.RunAsync(
        WorkQueue.Of(queue),
        message,
        (envelope, token) => envelope.Kind == ArrivalKind.Webhook ? HandleAsync(envelope, token) : _requests.HandleAsync(envelope, token),
        cancellationToken);

    private async Task HandleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var body = await _codec.UnpackAsync(envelope.Content, cancellationToken);
        var e = Read(body, zone: null);
        if (!_handlers.HandlesAny(e.GetType()))
        {
            return;
        }

        if (e.Fields.HasLocalTimes && await _zones.FindAsync(envelope.AccountId, cancellationToken) is { } zone)
        {
            e = Read(body, zone);
        }

        var state = await _log.ReadAsync(envelope.AccountId, envelope.Id, EventTime.Of(e), cancellationToken);
        if (state.IsHandled)
        {
            return;
        }

        var isOwn = await _guard.IsOwnAsync(envelope.AccountId, e, envelope.ReceivedAt, cancellationToken);
        if (!isOwn || _handlers.HandlesOwnWrites(e.GetType()))
        {
            await _runner.RunAsync(
                envelope,
                envelope.AccountId,
                (services, context) => _handlers.InvokeAsync(services, e, context, cancellationToken),
                cancellationToken,
                state.IsStale,
                isOwn);
        }

        await _log.MarkHandledAsync(envelope.AccountId, envelope.Id, EventTime.KnownUntil(e, envelope.ReceivedAt), cancellationToken);
        _metrics.Event(e.Entity, e.Action, isOwn ? "own" : state.IsStale ? "stale" : "handled");
    }

    private static WebhookEvent Read(ReadOnlyMemory<byte> body, TimeZoneInfo? zone)
    {
        try
        {
            var events = WebhookParser.Parse(body, zone).Events;
            return events.Count == 1 ? events[0] : throw new UnreadableMessageException($"The message should hold one event; it holds {events.Count}.");
        }
        catch (WebhookFormatException inner)
        {
            throw new UnreadableMessageException("The message holds no event.", inner);
        }
    }
}
