using BenchmarkDotNet.Reports;

namespace Kommo.Benchmarks.Webhooks;

/// <summary>What the figures must keep to. The run fails when one does not.</summary>
internal static class Requirements
{
    private const double MostTime = 1.5;
    private const double MostMemory = 1.0;

    /// <summary>Ten times the body may cost this many times the time: more is not linear, with room for what caches cost at 1 MB.</summary>
    private const double MostGrowth = 15;

    public static int Check(Summary summary)
    {
        var baseline = summary.Reports.FirstOrDefault(report => report.BenchmarkCase.Descriptor.Baseline);
        var checks = baseline is null ? Growth(summary) : Ratios(summary, baseline);
        var failed = 0;
        foreach (var (what, ratio, most) in checks)
        {
            failed += ratio <= most ? 0 : 1;
            Console.WriteLine($"{(ratio <= most ? "ok  " : "FAIL")} {what}: {ratio:0.00}, at most {most:0.0}");
        }

        return failed == 0 && summary.Reports.All(report => report.Success) ? 0 : 1;
    }

    private static IEnumerable<(string What, double Ratio, double Most)> Ratios(Summary summary, BenchmarkReport baseline)
    {
        foreach (var report in summary.Reports.Where(report => report != baseline && report.Success))
        {
            var name = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
            yield return ($"{name}, time over the baseline's", Time(report) / Time(baseline), MostTime);
            yield return ($"{name}, bytes over the baseline's", Bytes(report) / Bytes(baseline), MostMemory);
        }
    }

    private static IEnumerable<(string What, double Ratio, double Most)> Growth(Summary summary)
    {
        var bySize = summary.Reports.Where(report => report.Success).OrderBy(Time).ToArray();
        if (bySize.Length == 2)
        {
            yield return ("250 leads, time over that of 25", Time(bySize[1]) / Time(bySize[0]), MostGrowth);
            yield return ("250 leads, bytes over those of 25", Bytes(bySize[1]) / Bytes(bySize[0]), MostGrowth);
        }
    }

    private static double Time(BenchmarkReport report) => report.ResultStatistics!.Median;

    private static double Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? double.NaN;
}
