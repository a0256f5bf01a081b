using System.Globalization;

namespace TableRateLimiting.Load.Worker;

/// <summary>What a worker process is told when it is started.</summary>
/// <param name="Number">Its number, unlike any other's in the run.</param>
/// <param name="Callers">Concurrent callers.</param>
/// <param name="Row">The row key: workers with the same share a limit.</param>
/// <param name="Counted">The connection string through the counting proxy.</param>
/// <param name="Direct">The one past it, to warm up.</param>
/// <param name="Target">The receiver.</param>
/// <param name="ClockSkew">How wrong the wall clock is that its limiter is given, in seconds.</param>
/// <param name="Options">Limiter options as <c>Name=Value</c>.</param>
internal sealed record WorkerSettings(
    int Number, int Callers, string Row, string Counted, string Direct, Uri Target, double ClockSkew, IReadOnlyList<string> Options)
{
    public IEnumerable<string> ToArguments() =>
    [
        "--number", Number.ToString(CultureInfo.InvariantCulture),
        "--callers", Callers.ToString(CultureInfo.InvariantCulture),
        "--row", Row,
        "--counted", Counted,
        "--direct", Direct,
        "--target", Target.ToString(),
        "--clock-skew", ClockSkew.ToString(CultureInfo.InvariantCulture),
        .. Options.SelectMany(option => new[] { "--option", option }),
    ];
}
