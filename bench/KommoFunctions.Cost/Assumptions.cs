namespace KommoFunctions.Cost;

/// <summary>What the calculation takes for granted. Each is an option of the command.</summary>
internal sealed record Assumptions
{
    public const double MonthHours = 730;

    /// <summary>Hours of a month in which hooks come, evenly. 730 is the dearest: fewer executions share an instance's second.</summary>
    public double ActiveHours { get; init; } = MonthHours;

    /// <summary>Memory of an instance, in GB, as in <c>main.bicep</c>.</summary>
    public double InstanceGb { get; init; } = 2;

    public int AlwaysReadyInstances { get; init; } = 1;

    /// <summary>Seconds that each function works on one message or hook.</summary>
    public double IntakeSeconds { get; init; } = 0.02;

    public double SplitSeconds { get; init; } = 0.05;

    public double HandleSeconds { get; init; } = 0.08;

    public double DispatchSeconds { get; init; } = 0.4;

    public double EventsPerHook { get; init; } = 1;

    /// <summary>Requests that an instance takes at a time: <c>httpConcurrency</c> in <c>main.bicep</c>.</summary>
    public double HttpConcurrency { get; init; } = 100;

    /// <summary>Messages that an instance takes at a time: <c>batchSize</c> and <c>newBatchThreshold</c> of <c>host.json</c>.</summary>
    public double QueueConcurrency { get; init; } = 24;

    /// <summary>The least that is billed of an instance's activity, in seconds (Flex Consumption: billing).</summary>
    public double LeastBilledSeconds { get; init; } = 1;

    /// <summary>Timer runs a month: every 10 minutes, every 15 minutes, hourly.</summary>
    public double TimerRuns { get; init; } = MonthHours * 6 + MonthHours * 4 + MonthHours;

    /// <summary>Of a hook that comes alone, the dearest case: side by side events share writes and dispatch signals (<c>KommoFunctions.Work -- cost --events 1</c>).</summary>
    public double QueueOperationsPerHook { get; init; } = 9;

    /// <summary>The same.</summary>
    public double TableOperationsPerHook { get; init; } = 28;

    /// <summary>What a hook leaves in tables for eight days, in KB: the event, its commands' completion records.</summary>
    public double StoredKbPerHook { get; init; } = 4;

    /// <summary>Spans and logs of one traced hook from intake to dispatch, in KB.</summary>
    public double TelemetryKbPerTrace { get; init; } = 25;

    /// <summary>Traces that a process exports a second at most (Azure.Monitor.OpenTelemetry.Exporter 1.6 and up: 5).</summary>
    public double TracesPerSecond { get; init; } = 5;

    /// <summary>Metrics and host logs a month that do not depend on the hooks, in GB.</summary>
    public double FixedTelemetryGb { get; init; } = 1;

    public double Accounts { get; init; } = 10;

    public bool PrivateNetwork { get; init; }
}
