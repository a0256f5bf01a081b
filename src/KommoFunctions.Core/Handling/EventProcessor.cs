using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Handling;

/// <summary>Runs the handlers of one event and stores what they send in the outbox, all or nothing.</summary>
public sealed class EventProcessor
{
    private readonly MessageStage _stage;
    private readonly ContentCodec _codec;
    private readonly EventLog _log;
    private readonly HandlerRegistry _handlers;
    private readonly LoopGuard _guard;
    private readonly AccountSessions _sessions;
    private readonly OutboxWriter _outbox;
    private readonly IServiceScopeFactory _scopes;
    private readonly CoreMetrics _metrics;

    internal EventProcessor(
        MessageStage stage,
        ContentCodec codec,
        EventLog log,
        HandlerRegistry handlers,
        LoopGuard guard,
        AccountSessions sessions,
        OutboxWriter outbox,
        IServiceScopeFactory scopes,
        CoreMetrics metrics)
    {
        _stage = stage;
        _codec = codec;
        _log = log;
        _handlers = handlers;
        _guard = guard;
        _sessions = sessions;
        _outbox = outbox;
        _scopes = scopes;
        _metrics = metrics;
    }

    /// <summary>Processes one message of <see cref="QueueNames.Events"/>. Returns when the message may be deleted.</summary>
    public Task ProcessAsync(BinaryData message, CancellationToken cancellationToken = default) =>
        _stage.RunAsync(QueueNames.Events, message, HandleAsync, cancellationToken);

    private async Task HandleAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var e = await ReadAsync(envelope, cancellationToken);
        if (!_handlers.HandlesAny(e.GetType()))
        {
            return;
        }

        var state = await _log.ReadAsync(envelope.AccountId, envelope.Id, EventTime.Of(e), cancellationToken);
        if (state.IsHandled)
        {
            return;
        }

        var isOwn = await _guard.IsOwnAsync(envelope.AccountId, e, envelope.ReceivedAt, cancellationToken);
        if (!isOwn || _handlers.HandlesOwnWrites(e.GetType()))
        {
            await RunAsync(envelope, e, state.IsStale, isOwn, cancellationToken);
        }

        await _log.MarkHandledAsync(envelope.AccountId, envelope.Id, EventTime.KnownUntil(e, envelope.ReceivedAt), cancellationToken);
        _metrics.Event(e.Entity, e.Action, isOwn ? "own" : state.IsStale ? "stale" : "handled");
    }

    private async Task RunAsync(Envelope envelope, WebhookEvent e, bool isStale, bool isOwn, CancellationToken cancellationToken)
    {
        var session = await _sessions.GetAsync(envelope.AccountId, cancellationToken);
        var context = new EventContext(envelope.Id, envelope.AccountId, envelope.ReceivedAt, session.Kommo)
        {
            IsStale = isStale,
            IsOwnWrite = isOwn,
        };
        await using (var scope = _scopes.CreateAsyncScope())
        {
            await _handlers.InvokeAsync(scope.ServiceProvider, e, context, cancellationToken);
        }

        await _outbox.StoreAsync(context, cancellationToken);
    }

    private async Task<WebhookEvent> ReadAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            return WebhookParser.Parse(await _codec.UnpackAsync(envelope.Content, cancellationToken)).Events[0];
        }
        catch (WebhookFormatException inner)
        {
            throw new UnreadableMessageException("The message holds no event.", inner);
        }
    }
}
