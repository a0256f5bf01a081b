using KommoFunctions.Bench;

namespace KommoFunctions.Chaos;

/// <summary>What surrounds a run. Holds and delays are short, so that a run of minutes meets what takes hours otherwise.</summary>
internal static class ChaosSettings
{
    public static BenchOptions Of(ChaosOptions options, Uri address) => new()
    {
        Address = address,
        Accounts = options.Accounts,
        Disturbable = true,
        Seed = options.Seed,
        Kommo = kommo =>
        {
            kommo.HookTimeScale = 0.01;
            kommo.RetryAfter = TimeSpan.FromSeconds(1);
        },
        Settings = Settings(options.InDoubt),
    };

    private static Dictionary<string, string?> Settings(InDoubtMode? inDoubt)
    {
        var settings = new Dictionary<string, string?>
        {
            ["KommoFunctions:Limit:PauseWhenBlocked"] = "00:00:03",
            ["KommoFunctions:Outbox:LaneHold"] = "00:00:06",
            ["KommoFunctions:Outbox:InDoubtDelay"] = "00:00:02",
            ["KommoFunctions:Retry:LongestDelay"] = "00:00:10",
            ["KommoFunctions:Hold:LookEvery"] = "00:00:03",
            ["KommoFunctions:Hold:ShortestPause"] = "00:00:02",
            ["Local:QueueLease"] = "00:00:06",
        };
        if (inDoubt is { } mode)
        {
            settings["KommoFunctions:Outbox:InDoubt"] = $"{mode}";
        }

        return settings;
    }
}
