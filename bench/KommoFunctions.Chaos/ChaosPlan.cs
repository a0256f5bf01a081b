using KommoFunctions.Chaos.Trouble;

namespace KommoFunctions.Chaos;

/// <summary>Some leads of an account that come in at once.</summary>
internal readonly record struct Burst(TimeSpan At, int Account, int Leads);

/// <summary>The death of a process.</summary>
internal readonly record struct Kill(TimeSpan At, int Process);

/// <summary>
/// What a run does and when, all of it from its seed: when leads come in, which process dies, and what fails, for how long and on whom. What each process
/// was doing just then, no seed decides.
/// </summary>
internal sealed class ChaosPlan
{
    public ChaosPlan(ChaosOptions options)
    {
        Kills = PlanKills(options, new Random(options.Seed));
        Bursts = PlanBursts(options, new Random(options.Seed + 1));
        Kommo = KommoTrouble.Plan(options.Seed + 2, options.Accounts);
        Storage = StorageTrouble.Plan(options.Seed + 3);
        Vault = VaultTrouble.Plan(options.Seed + 4);
        Suspensions = Trouble.Suspensions.Plan(options.Seed + 5, options.Accounts);
        KeyReplacements = KeyReplacement.Plan(options.Seed + 6);
    }

    public IReadOnlyList<Kill> Kills { get; }

    public IReadOnlyList<Burst> Bursts { get; }

    /// <summary>Without an end: trouble goes on for as long as processes die.</summary>
    public IEnumerable<PlannedTrouble> Kommo { get; }

    public IEnumerable<PlannedTrouble> Storage { get; }

    public IEnumerable<PlannedTrouble> Vault { get; }

    public IEnumerable<PlannedTrouble> Suspensions { get; }

    /// <summary>Each begins at its time, but not before the one before is complete.</summary>
    public IEnumerable<PlannedTrouble> KeyReplacements { get; }

    private static List<Kill> PlanKills(ChaosOptions options, Random random)
    {
        var kills = new List<Kill>(options.Kills);
        var at = TimeSpan.Zero;
        while (kills.Count < options.Kills)
        {
            at += options.KillEvery * (0.5 + random.NextDouble());
            kills.Add(new Kill(at, random.Next(options.Processes)));
        }

        return kills;
    }

    /// <summary>One to ten leads at a time, evenly over the run.</summary>
    private static List<Burst> PlanBursts(ChaosOptions options, Random random)
    {
        var bursts = new List<Burst>();
        for (var planned = 0; planned < options.Leads;)
        {
            var leads = Math.Min(random.Next(1, 11), options.Leads - planned);
            bursts.Add(new Burst(options.Length * planned / options.Leads, random.Next(options.Accounts), leads));
            planned += leads;
        }

        return bursts;
    }
}
