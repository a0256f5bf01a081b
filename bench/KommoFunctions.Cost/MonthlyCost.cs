namespace KommoFunctions.Cost;

/// <summary>The cost of one month with a number of hooks, line by line.</summary>
internal sealed class MonthlyCost
{
    /// <summary>Rules of alerts.bicep: asked every 5 minutes, and every 15.</summary>
    public const int AlertsEvery5Minutes = 1;
    public const int AlertsEvery15Minutes = 8;

    private const double HourSeconds = 3600;

    private readonly Assumptions _given;
    private readonly PriceList _prices;
    private readonly double _hooks;

    public MonthlyCost(double hooks, Assumptions given, PriceList prices)
    {
        (_hooks, _given, _prices) = (hooks, given, prices);
        Lines =
        [
            new("Always-ready instance, waiting", AlwaysReady()),
            new("Always-ready instance, taking hooks in", Intake()),
            new("Queue functions and timers: time", OnDemandTime()),
            new("Queue functions and timers: executions", OnDemandExecutions()),
            new("Queue operations", _hooks * _given.QueueOperationsPerHook / 10_000 * prices["queueOperations"]),
            new("Table operations", _hooks * _given.TableOperationsPerHook / 10_000 * prices["tableOperations"] * Zones),
            new("Table storage", Stored()),
            new("Key Vault", Vault()),
            new("Logs, traces and metrics", Telemetry()),
            new("Alert rules", (AlertsEvery5Minutes * prices["alertEvery5Minutes"]) + (AlertsEvery15Minutes * prices["alertEvery15Minutes"])),
        ];
        if (given.PrivateNetwork)
        {
            Lines = [.. Lines, new("Private network", (4 * prices["privateEndpointMonth"]) + prices["natGatewayMonth"] + prices["publicAddressMonth"])];
        }
    }

    public IReadOnlyList<CostLine> Lines { get; }

    public double Total => Lines.Sum(line => line.Amount);

    /// <summary>Operations on queues cost the same with zones, what is stored costs more; operations on tables are taken to cost more, too.</summary>
    private double Zones => _prices["zoneRedundancyFactor"];

    private double HooksPerSecond => _hooks / (_given.ActiveHours * HourSeconds);

    private double AlwaysReady() =>
        _given.AlwaysReadyInstances * _given.InstanceGb * Assumptions.MonthHours * HourSeconds * _prices["alwaysReadyBaselineGbSecond"];

    private double Intake() =>
        (ActiveSeconds(HooksPerSecond, _given.IntakeSeconds, _given.HttpConcurrency) * _given.InstanceGb
            * _prices[_given.AlwaysReadyInstances > 0 ? "alwaysReadyGbSecond" : "onDemandGbSecond"])
        + (_hooks / 1e6 * _prices["onDemandMillionExecutions"]);

    private double OnDemandTime()
    {
        var events = HooksPerSecond * _given.EventsPerHook;
        var seconds = ActiveSeconds(HooksPerSecond, _given.SplitSeconds, _given.QueueConcurrency)
            + ActiveSeconds(events, _given.HandleSeconds, _given.QueueConcurrency)
            + ActiveSeconds(events, _given.DispatchSeconds, _given.QueueConcurrency)
            + (_given.TimerRuns * _given.LeastBilledSeconds);
        return Math.Max(0, (seconds * _given.InstanceGb) - _prices["freeGbSeconds"]) * _prices["onDemandGbSecond"];
    }

    private double OnDemandExecutions()
    {
        var executions = (_hooks * (1 + (2 * _given.EventsPerHook))) + _given.TimerRuns;
        return Math.Max(0, executions - _prices["freeExecutions"]) / 1e6 * _prices["onDemandMillionExecutions"];
    }

    /// <summary>
    /// Seconds in which instances of one function are active. While it rains messages one by one, each opens a period of at least the least that
    /// is billed: of random arrivals at a rate r with periods of b seconds, the share 1 - e^(-r b) of the time is covered. When messages come
    /// faster than one instance takes them, there are as many instances as their work fills.
    /// </summary>
    private double ActiveSeconds(double perSecond, double seconds, double concurrency)
    {
        var period = Math.Max(seconds, _given.LeastBilledSeconds);
        var covered = 1 - Math.Exp(-perSecond * period);
        return _given.ActiveHours * HourSeconds * covered * Math.Max(1, perSecond * seconds / concurrency);
    }

    private double Stored()
    {
        const double KeptDays = 8;
        var kept = _hooks * Math.Min(1, KeptDays / (Assumptions.MonthHours / 24));
        return kept * _given.StoredKbPerHook / 1e6 * _prices["tableGbMonth"] * Zones;
    }

    /// <summary>Two refreshes a day and account: read, written, looked at again; and each process reads once.</summary>
    private double Vault() => _given.Accounts * 2 * 30.4 * 5 / 10_000 * _prices["vaultOperations"];

    private double Telemetry()
    {
        var traced = Math.Min(_hooks, _given.TracesPerSecond * _given.ActiveHours * HourSeconds);
        var gigabytes = _given.FixedTelemetryGb + (traced * _given.TelemetryKbPerTrace / 1e6);
        return Math.Max(0, gigabytes - _prices["freeLogsGb"]) * _prices["logsGb"];
    }
}

/// <param name="Name">What is paid for.</param>
/// <param name="Amount">What it costs a month.</param>
internal sealed record CostLine(string Name, double Amount);
