using System.Diagnostics.Metrics;
using System.Reflection;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Conventions;

/// <summary>Each value of a dimension is a time series that is paid for: no instrument takes one that somebody else has chosen.</summary>
public sealed class MetricTests(AzuriteFixture azurite)
{
    private const int ShownAccounts = 20;

    public static TheoryData<string> Names =>
    [
        "made up by a tenant", "leads2", "Leads", "catalogs.77.elements.create", "outbox:catalogs.77.elements.update", "outbox:made up", "somebody.kommo.com",
        "kommo.com.example.org", new string('x', 40_000),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_that_somebody_else_named_becomes_a_dimension_of_any_instrument(string name)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        using var seen = new Dimensions(host.Process);
        var health = host.Process.Get<TokenHealth>();
        var now = TimeProvider.System.GetUtcNow();
        health.Looked(Enumerable.Range(1, 500).Select(id => new KommoAccount
        {
            Id = id,
            Address = new Uri("https://example.kommo.com"),
            State = AccountState.Active,
            ConnectedAt = now,
            TokenExpiresAt = now,
            RefreshDueAt = now,
            ReconciledUntil = now,
        }));

        CallAll(host.Process.Get<CoreMetrics>(), name);
        seen.Collect();

        Assert.Equal(seen.Instruments.Order(StringComparer.Ordinal), seen.Measured.Keys.Order(StringComparer.Ordinal));
        foreach (var (instrument, values) in seen.Measured)
        {
            Assert.DoesNotContain(values, value => value.Contains("made up", StringComparison.Ordinal) || value.Contains("77", StringComparison.Ordinal));
            Assert.DoesNotContain(values, value => value == name);
            Assert.True(values.Count <= 2 * ShownAccounts, $"{instrument} has {values.Count} values");
        }
    }

    [Fact]
    public void What_the_code_knows_is_told_by_its_name()
    {
        Assert.All(QueueNames.All, queue => Assert.Equal(queue, MetricNames.Source(queue)));
        Assert.All(new Lanes().Names, lane => Assert.Equal($"outbox:{lane}", MetricNames.Source($"outbox:{lane}")));
        Assert.All(DeadLetterReasons.All, reason => Assert.Equal(reason, MetricNames.Reason(reason)));
        Assert.Equal(
            ("catalogs.elements.update", "leads", "status", "", "kommo.com"),
            (MetricNames.Route("catalogs.77.elements.update"), MetricNames.Entity("leads"), MetricNames.Action("status"), MetricNames.Entity(""), MetricNames.Domain("a.kommo.com")));
    }

    [Fact]
    public void The_list_of_reasons_has_them_all() => Assert.Equal(
        typeof(DeadLetterReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(),
        DeadLetterReasons.All.Order());

    /// <summary>Outcomes, and kinds of what is removed, are literals of the code; everything else that is text is taken to be somebody else's.</summary>
    private static void CallAll(CoreMetrics metrics, string name)
    {
        foreach (var method in typeof(CoreMetrics).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        {
            method.Invoke(metrics, [.. method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(string) ? parameter.Name is "outcome" or "kind" ? "an outcome" : name
                : parameter.ParameterType == typeof(int) ? 5
                : Activator.CreateInstance(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType))]);
        }
    }

    /// <summary>The values of all dimensions, by instrument.</summary>
    private sealed class Dimensions : IDisposable
    {
        private readonly MeterListener _listener;

        public Dimensions(CoreProcess process)
        {
            var factory = process.Get<IMeterFactory>();
            _listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Scope == factory && instrument.Meter.Name == CoreMetrics.MeterName)
                    {
                        Instruments.Add(instrument.Name);
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.Start();
            _ = (process.Get<CoreMetrics>(), process.Get<TokenHealth>());
        }

        public HashSet<string> Instruments { get; } = [];

        public Dictionary<string, HashSet<string>> Measured { get; } = [];

        public void Collect() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var values = Measured.TryGetValue(instrument.Name, out var known) ? known : Measured[instrument.Name] = [];
            foreach (var tag in tags)
            {
                values.Add(Convert.ToString(tag.Value, System.Globalization.CultureInfo.InvariantCulture)!);
            }
        }
    }
}
