using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Infra.Tests.Framework;

/// <summary>The app's services, asked which settings they read and which metrics they emit.</summary>
internal sealed class AppUnderTest : IAsyncDisposable
{
    private readonly RecordingSource _settings;
    private readonly ServiceCollection _services = new();
    private readonly ServiceProvider _provider;

    /// <param name="settings">App settings by name, as in Azure, with two underscores for a colon.</param>
    public AppUnderTest(IEnumerable<KeyValuePair<string, string>> settings)
    {
        _settings = new RecordingSource(settings.ToDictionary(
            setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
            setting => (string?)setting.Value,
            StringComparer.OrdinalIgnoreCase));
        var configuration = new ConfigurationBuilder().Add(_settings).Build();
        _services.AddLogging();
        _services.AddKommoFunctions(configuration);
        _provider = _services.BuildServiceProvider();
    }

    /// <summary>Checks the settings as the host does at start.</summary>
    public void Validate() => Assert.All(_provider.GetServices<IStartupValidator>(), validator => validator.Validate());

    /// <summary>The names of all settings that were asked for.</summary>
    public IReadOnlySet<string> Asked => _settings.Asked.Keys.Select(key => key.Replace(":", "__", StringComparison.Ordinal)).ToHashSet();

    /// <summary>The instruments of our own meters, those that <c>TelemetryExtensions</c> exports.</summary>
    public IReadOnlyDictionary<string, Instrument> Instruments()
    {
        var found = new ConcurrentDictionary<string, Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("Kommo", StringComparison.Ordinal)
                    || instrument.Meter.Name.StartsWith("TableRateLimiting", StringComparison.Ordinal))
                {
                    found[instrument.Name] = instrument;
                }
            },
        };
        listener.Start();
        CreateEverything();
        return found;
    }

    /// <summary>The tags that the app's counters are given, by instrument: each of the methods that count is called once.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Tags()
    {
        var tags = new ConcurrentDictionary<string, IReadOnlySet<string>>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => l.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, _, given, _) => tags[instrument.Name] = Names(given));
        listener.SetMeasurementEventCallback<double>((instrument, _, given, _) => tags[instrument.Name] = Names(given));
        listener.Start();
        CallAll(_provider.GetRequiredService(Core.GetType("KommoFunctions.CoreMetrics", throwOnError: true)!));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.kommo.com/api/v4/leads");
        Telemetry.GetMethod("Attempted")!.Invoke(null, [request, TimeSpan.FromSeconds(1), "403"]);
        return tags;
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static Assembly Core => typeof(KommoFunctionsBuilder).Assembly;

    private static Type Telemetry => typeof(global::Kommo.KommoClient).Assembly.GetType("Kommo.Http.KommoTelemetry", throwOnError: true)!;

    private void CreateEverything()
    {
        RuntimeHelpers.RunClassConstructor(Telemetry.TypeHandle);
        foreach (var type in _services.Select(service => service.ServiceType).Where(type => type.Assembly == Core).Distinct())
        {
            _ = _provider.GetServices(type).ToArray();
        }
    }

    private static void CallAll(object metrics)
    {
        foreach (var method in metrics.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        {
            method.Invoke(metrics, [.. method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(string) ? "x" : Activator.CreateInstance(parameter.ParameterType))]);
        }
    }

    private static HashSet<string> Names(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new HashSet<string>();
        foreach (var tag in tags)
        {
            names.Add(tag.Key);
        }

        return names;
    }

    private sealed class RecordingSource(Dictionary<string, string?> values) : IConfigurationSource
    {
        public ConcurrentDictionary<string, bool> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(this, values);

        private sealed class Provider : ConfigurationProvider
        {
            private readonly RecordingSource _source;

            public Provider(RecordingSource source, Dictionary<string, string?> values) => (_source, Data) = (source, values);

            public override bool TryGet(string key, out string? value)
            {
                _source.Asked[key] = true;
                return base.TryGet(key, out value);
            }
        }
    }
}
