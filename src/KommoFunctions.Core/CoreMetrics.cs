using System.Diagnostics.Metrics;
using KommoFunctions.Messaging;

namespace KommoFunctions;

/// <summary>The integration's metrics, under the meter <c>KommoFunctions</c>. Names and units follow OpenTelemetry's conventions.</summary>
internal sealed class CoreMetrics
{
    public const string MeterName = "KommoFunctions";

    private readonly Counter<long> _hooks;
    private readonly Histogram<double> _intakeDuration;
    private readonly Counter<long> _events;
    private readonly Counter<long> _putBack;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _reconciled;

    public CoreMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _hooks = meter.CreateCounter<long>("kommo.hooks", "{hook}", "Hooks received, by answer");
        _intakeDuration = meter.CreateHistogram<double>("kommo.hooks.duration", "s", "From a hook's arrival to its answer");
        _events = meter.CreateCounter<long>("kommo.events", "{event}", "Events, by outcome: queued, duplicate, handled, stale (handled), own (caused by the outbox)");
        _putBack = meter.CreateCounter<long>("kommo.messages.put_back", "{message}", "Messages put back into their queue, by reason");
        _deadLetters = meter.CreateCounter<long>("kommo.dead_letters", "{item}", "Items that could not be processed, by reason");
        _replays = meter.CreateCounter<long>("kommo.dead_letters.replayed", "{item}", "Items that were put back to where they came from, by the reason for which they had been given up");
        _commands = meter.CreateCounter<long>("kommo.commands", "{command}", "Commands, by route and outcome: stored, sent, in_doubt, found, repeated");
        _refreshes = meter.CreateCounter<long>("kommo.token.refreshes", "{refresh}", "Token refreshes, by outcome");
        _reconciled = meter.CreateCounter<long>("kommo.reconciled", "{event}", "Events that Kommo did not deliver and that were fetched");
    }

    public void HookAnswered(int status, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("http.response.status_code", status);
        _hooks.Add(1, tag);
        _intakeDuration.Record(duration.TotalSeconds, tag);
    }

    public void Event(string entity, string action, string outcome) =>
        _events.Add(1, new("kommo.entity", entity), new("kommo.action", action), new("outcome", outcome));

    public void PutBack(string queue, FailureKind kind) => _putBack.Add(1, new("queue", queue), new("reason", kind.ToString()));

    public void DeadLettered(string source, string reason) => _deadLetters.Add(1, new("source", source), new("reason", reason));

    public void Replayed(string source, string reason) => _replays.Add(1, new("source", source), new("reason", reason));

    public void Commands(string route, string outcome, int count) => _commands.Add(count, new("route", route), new("outcome", outcome));

    public void Refreshed(string outcome) => _refreshes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Reconciled(string entity) => _reconciled.Add(1, new KeyValuePair<string, object?>("kommo.entity", entity));
}
