using System.Globalization;
using TableRateLimiting.Load.Storage;

namespace TableRateLimiting.Load.Idle;

/// <summary>A step in words.</summary>
internal static class IdleText
{
    public static string Of(IdleStep step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{When(step)}: one permit in {step.SingleWait * 1000:0} ms with {Requests(step.Single)}; "
        + $"a burst within {step.BurstSpread * 1000:0.0} ms with {Requests(step.Burst)}; {Requests(step.WhileIdle)} while idle");

    public static string When(IdleStep step) =>
        step.IdleSeconds is { } idle ? string.Create(CultureInfo.InvariantCulture, $"idle for {idle:0} s") : "first use";

    public static string Requests(StorageCounts counts) => counts.Requests == 0
        ? "no request"
        : string.Create(CultureInfo.InvariantCulture, $"{counts.Requests} ({string.Join(", ", counts.Answers.Select(answer => $"{answer.Value} {answer.Key}"))})");
}
