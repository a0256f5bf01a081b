using System.Diagnostics.Metrics;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;

namespace KommoFunctions;

/// <summary>
/// The integration's metrics, under the meter <c>KommoFunctions</c>. Names and units follow OpenTelemetry's conventions. A dimension says only what
/// <see cref="MetricNames"/> knows; an outcome is a literal of this code.
/// </summary>
internal sealed class CoreMetrics
{
    public const string MeterName = "KommoFunctions";

    /// <summary>Seconds: from a queue that is served at once, over the trigger's longest poll and its lease of ten minutes, to hours.</summary>
    private static readonly InstrumentAdvice<double> AgeBuckets =
        new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400] };

    private readonly Counter<long> _hooks;
    private readonly Histogram<double> _intakeDuration;
    private readonly Counter<long> _events;
    private readonly Counter<long> _queued;
    private readonly Histogram<double> _age;
    private readonly Counter<long> _putBack;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _reconciled;
    private readonly Counter<long> _holds;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _blocks;
    private readonly Counter<long> _overBudget;
    private readonly Counter<long> _swept;
    private readonly Gauge<double> _sweepAge;
    private readonly Gauge<double> _reconcileAge;

    public CoreMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _hooks = meter.CreateCounter<long>("kommo.hooks", "{hook}", "Hooks received, by answer");
        _intakeDuration = meter.CreateHistogram<double>("kommo.hooks.duration", "s", "From a hook's arrival to its answer");
        _events = meter.CreateCounter<long>("kommo.events", "{event}", "Events, by outcome: queued, duplicate, handled, stale (handled), own (caused by the outbox)");
        _queued = meter.CreateCounter<long>("kommo.messages.queued", "{message}", "Messages put into a queue without a delay, by queue");
        _age = meter.CreateHistogram(
            "kommo.messages.age", "s", "How long a message had been due when its processing began, by queue", tags: null, AgeBuckets);
        _putBack = meter.CreateCounter<long>("kommo.messages.put_back", "{message}", "Messages put back into their queue, by reason");
        _deadLetters = meter.CreateCounter<long>("kommo.dead_letters", "{item}", "Items that could not be processed, by reason");
        _commands = meter.CreateCounter<long>("kommo.commands", "{command}", "Commands, by route and outcome: stored, sent, in_doubt, found, sent_again, set_aside, repeated");
        _replays = meter.CreateCounter<long>("kommo.dead_letters.replayed", "{item}", "Items that were put back to where they came from, by the reason for which they had been given up");
        _refreshes = meter.CreateCounter<long>("kommo.token.refreshes", "{refresh}", "Token refreshes, by outcome");
        _reconciled = meter.CreateCounter<long>("kommo.reconciled", "{event}", "Events that Kommo did not deliver and that were fetched");
        _holds = meter.CreateCounter<long>("kommo.account.holds", "{hold}", "Accounts whose work was set aside as a whole, by reason");
        _parked = meter.CreateCounter<long>("kommo.messages.parked", "{message}", "Messages that wait for their account out of their queue, by queue");
        _blocks = meter.CreateCounter<long>("kommo.blocks", "{block}", "Times that Kommo answered with its block page, by Kommo's domain");
        _overBudget = meter.CreateCounter<long>("kommo.account.over_budget", "{event}", "Events that an account brought beyond what is planned for one");
        _swept = meter.CreateCounter<long>("kommo.retention.removed", "{item}", "What was removed because its time was over, by kind");
        _sweepAge = meter.CreateGauge<double>(
            "kommo.retention.age", "s", "How long ago everything was gone that was past its time, by kind: about a day when the clean-up keeps up");
        _reconcileAge = meter.CreateGauge<double>(
            "kommo.reconciliation.age", "s", "Up to how long ago the account is reconciled that was not reconciled for longest");
    }

    public void HookAnswered(int status, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("http.response.status_code", status);
        _hooks.Add(1, tag);
        _intakeDuration.Record(duration.TotalSeconds, tag);
    }

    public void Event(string entity, string action, string outcome) =>
        _events.Add(1, new("kommo.entity", MetricNames.Entity(entity)), new("kommo.action", MetricNames.Action(action)), new("outcome", outcome));

    public void Queued(string queue) => _queued.Add(1, new KeyValuePair<string, object?>("queue", MetricNames.Queue(queue)));

    public void Begun(string queue, TimeSpan age) =>
        _age.Record(age.TotalSeconds, new KeyValuePair<string, object?>("queue", MetricNames.Queue(queue)));

    public void PutBack(string queue, FailureKind kind) =>
        _putBack.Add(1, new("queue", MetricNames.Queue(queue)), new("reason", kind.ToString()));

    public void DeadLettered(string source, string reason) =>
        _deadLetters.Add(1, new("source", MetricNames.Source(source)), new("reason", MetricNames.Reason(reason)));

    public void Replayed(string source, string reason) =>
        _replays.Add(1, new("source", MetricNames.Source(source)), new("reason", MetricNames.Reason(reason)));

    public void Commands(string route, string outcome, int count) =>
        _commands.Add(count, new("route", MetricNames.Route(route)), new("outcome", outcome));

    public void Refreshed(string outcome) => _refreshes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Held(HoldReason reason) => _holds.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Parked(string queue) => _parked.Add(1, new KeyValuePair<string, object?>("queue", MetricNames.Queue(queue)));

    public void Reconciled(string entity) => _reconciled.Add(1, new KeyValuePair<string, object?>("kommo.entity", MetricNames.Entity(entity)));

    public void Blocked(string host) => _blocks.Add(1, new KeyValuePair<string, object?>("server.address", MetricNames.Domain(host)));

    public void OverBudget(int events) => _overBudget.Add(events);

    public void Swept(string kind, int removed, TimeSpan? age)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind);
        _swept.Add(removed, tag);
        if (age is { } since)
        {
            _sweepAge.Record(since.TotalSeconds, tag);
        }
    }

    public void ReconciledUpTo(TimeSpan age) => _reconcileAge.Record(age.TotalSeconds);
}
