using System.Globalization;
using KommoFunctions.Bench;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;

namespace KommoFunctions.Work;

/// <summary>How long Kommo is away, and how much shorter than in life everything is.</summary>
internal sealed record AwayOptions
{
    public required int Events { get; init; }

    public required int BatchSize { get; init; }

    public required int Processes { get; init; }

    /// <summary>What is played.</summary>
    public required TimeSpan StandsFor { get; init; }

    /// <summary>How much shorter it is played.</summary>
    public required double Scale { get; init; }

    public TimeSpan Away => StandsFor / Scale;

    public BenchOptions Surroundings(Uri address) => new()
    {
        Address = address,
        LeadsBefore = [Events],
        Disturbable = true,
        Settings = new Dictionary<string, string?>
        {
            ["KommoFunctions:Outbox:BatchSize"] = BatchSize.ToString(CultureInfo.InvariantCulture),
            ["KommoFunctions:Outbox:InDoubtDelay"] = Shortened(new OutboxOptions().InDoubtDelay, TimeSpan.FromMilliseconds(100)),
            ["KommoFunctions:Outbox:LaneHold"] = Shortened(new OutboxOptions().LaneHold, TimeSpan.FromSeconds(5)),
            ["KommoFunctions:Retry:FirstDelay"] = Shortened(new RetryOptions().FirstDelay, TimeSpan.FromMilliseconds(100)),
            ["KommoFunctions:Retry:LongestDelay"] = Shortened(new RetryOptions().LongestDelay, TimeSpan.FromSeconds(1)),
            ["KommoFunctions:Hold:LookEvery"] = Shortened(new HoldOptions().LookEvery, TimeSpan.FromMilliseconds(100)),
            ["KommoFunctions:Hold:ShortestPause"] = Shortened(new HoldOptions().ShortestPause, TimeSpan.FromMilliseconds(100)),
        },
    };

    private string Shortened(TimeSpan time, TimeSpan atLeast) => (time / Scale > atLeast ? time / Scale : atLeast).ToString("c", CultureInfo.InvariantCulture);
}
