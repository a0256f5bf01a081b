using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Kommo.Benchmarks.Webhooks;

// In this process: nothing is generated and built apart, so that it runs from a fresh clone with one command.
var artifacts = Path.Combine(Path.GetTempPath(), "kommo-benchmarks");
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(artifacts);
return BenchmarkSwitcher.FromTypes([typeof(LeadHookBenchmarks), typeof(MassEditBenchmarks)])
    .Run(args.Length > 0 ? args : ["--filter", "*"], config)
    .Aggregate(0, (exit, summary) => exit | Requirements.Check(summary));
