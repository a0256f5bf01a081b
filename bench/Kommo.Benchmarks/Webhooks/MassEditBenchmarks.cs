using BenchmarkDotNet.Attributes;
using Kommo.Webhooks;

namespace Kommo.Benchmarks.Webhooks;

/// <summary>A mass edit of 25 leads (0.1 MB) and of 250 leads (1 MB): ten times the body should cost ten times the time.</summary>
[MemoryDiagnoser]
public class MassEditBenchmarks
{
    private byte[] _body = [];

    /// <summary>How many leads the body has.</summary>
    [Params(25, 250)]
    public int Leads { get; set; }

    /// <summary>Makes the body.</summary>
    [GlobalSetup]
    public void Prepare() => _body = SampleHooks.Leads(Leads);

    /// <summary>From the bytes to all typed events, every property read.</summary>
    [Benchmark]
    public long ParseAndReadEverything()
    {
        var read = 0L;
        foreach (var told in WebhookParser.Parse(_body).Events)
        {
            read += TypedRead.All((LeadUpdated)told);
        }

        return read;
    }
}
