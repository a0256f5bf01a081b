using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Kommo.Client.Benchmarks;

if (args is ["updates", ..])
{
    return await UpdateRun.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10_000);
}

// In this process: nothing is generated and built apart, so that it runs from a fresh clone with one command.
var artifacts = Path.Combine(Path.GetTempPath(), "kommo-client-benchmarks");
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(artifacts);
var summaries = BenchmarkSwitcher.FromTypes([typeof(ReadingBenchmarks), typeof(WritingBenchmarks), typeof(PipelineBenchmarks)])
    .Run(args.Length > 0 ? args : ["--filter", "*"], config);
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
