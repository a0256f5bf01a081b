using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BenchmarkDotNet.Attributes;

namespace Kommo.Client.Benchmarks;

/// <summary>Writing 250 changes of leads: generated metadata beside the same options by reflection.</summary>
[MemoryDiagnoser]
public class WritingBenchmarks
{
    private readonly JsonTypeInfo<LeadUpdate> _update = KommoJson.TypeOf<LeadUpdate>();
    private readonly ArrayBufferWriter<byte> _buffer = new(256 * 1024);
    private LeadUpdate[] _updates = [];

    /// <summary>Makes the changes and looks whether both write the same.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _updates = Samples.Updates();
        if (Generated() != Reflection())
        {
            throw new InvalidOperationException("The two ways do not write the same.");
        }
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public int Reflection()
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        JsonSerializer.Serialize(writer, _updates, Samples.Reflection);
        writer.Flush();
        return _buffer.WrittenCount;
    }

    /// <summary>As the client does.</summary>
    [Benchmark]
    public int Generated()
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        writer.WriteStartArray();
        foreach (var update in _updates)
        {
            JsonSerializer.Serialize(writer, update, _update);
        }

        writer.WriteEndArray();
        writer.Flush();
        return _buffer.WrittenCount;
    }
}
