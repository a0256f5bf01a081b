using BenchmarkDotNet.Running;
using TableRateLimiting.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(AcquireBenchmarks)]).Run(args.Length == 0 ? ["--filter", "*"] : args);
