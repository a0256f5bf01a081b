using System.Text;
using BenchmarkDotNet.Attributes;
using Kommo.Webhooks;
using Microsoft.AspNetCore.WebUtilities;

namespace Kommo.Benchmarks.Webhooks;

/// <summary>One 2 KB lead hook: into typed events, against ASP.NET's split into a flat dictionary of texts, which types nothing.</summary>
[MemoryDiagnoser]
public class LeadHookBenchmarks
{
    private readonly byte[] _body = SampleHooks.Lead();
    private readonly string _text = Encoding.UTF8.GetString(SampleHooks.Lead());

    /// <summary>The baseline: the text is made beforehand and costs it nothing.</summary>
    [Benchmark(Baseline = true)]
    public int QueryHelpersParseQuery() => QueryHelpers.ParseQuery(_text).Count;

    /// <summary>From the bytes to the typed event and its id.</summary>
    [Benchmark]
    public long Parse()
    {
        var ids = 0L;
        foreach (var told in WebhookParser.Parse(_body).Events)
        {
            ids += told.EntityId ?? 0;
        }

        return ids;
    }

    /// <summary>The same, and every typed property of the event read once, custom fields and tags among them.</summary>
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
