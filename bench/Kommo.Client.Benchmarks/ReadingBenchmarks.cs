using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BenchmarkDotNet.Attributes;

namespace Kommo.Client.Benchmarks;

/// <summary>Reading a page of 250 leads: the client, with generated metadata, beside the same options by reflection.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private readonly JsonTypeInfo<Lead> _lead = KommoJson.TypeOf<Lead>();
    private byte[] _page = [];

    /// <summary>Makes the page and looks whether both read the same.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _page = Samples.Page();
        if (Generated() != Samples.Leads || Reflection() != Samples.Leads)
        {
            throw new InvalidOperationException("The two ways do not read the same.");
        }
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public int Reflection() => JsonSerializer.Deserialize<LeadPage>(_page, Samples.Reflection)!.Embedded!.Leads!.Count;

    /// <summary>As the client does.</summary>
    [Benchmark]
    public int Generated() => PageReader.Read(_page, "leads", null, _lead).Items.Count;
}
