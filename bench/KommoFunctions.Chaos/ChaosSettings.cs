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

            // A refused token or a redirect has an account looked for; the app takes no address of this machine for one of Kommo's, so that it asks nobody.
            kommo.UseLoopbackHosts = true;
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
            ["KommoFunctions:Hold:LookForMending"] = "00:00:02",
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
