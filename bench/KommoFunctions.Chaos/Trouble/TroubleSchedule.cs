namespace KommoFunctions.Chaos.Trouble;

/// <summary>How trouble follows upon trouble.</summary>
/// <param name="Kinds">What may fail; a kind that stands there twice comes twice as often.</param>
/// <param name="Places">On how many it may come. Each has one trouble at a time.</param>
/// <param name="Pause">The shortest and the longest time from one to the next, in seconds.</param>
/// <param name="Length">The shortest and the longest time that one lasts, in seconds.</param>
internal sealed record TroubleSchedule(
    IReadOnlyList<TroubleKind> Kinds, int Places, (double Least, double Most) Pause, (double Least, double Most) Length)
{
    /// <summary>Without an end, and the same for the same seed.</summary>
    public IEnumerable<PlannedTrouble> Plan(int seed)
    {
        var random = new Random(seed);
        var free = new TimeSpan[Places];
        var at = TimeSpan.Zero;
        while (true)
        {
            at += Between(random, Pause);
            var (kind, place, lasts, amount) = (Kinds[random.Next(Kinds.Count)], random.Next(Places), Between(random, Length), random.NextDouble());
            at = at > free[place] ? at : free[place];
            free[place] = at + lasts;
            yield return new PlannedTrouble(at, lasts, kind, place, amount);
        }
    }

    private static TimeSpan Between(Random random, (double Least, double Most) seconds) =>
        TimeSpan.FromSeconds(seconds.Least + ((seconds.Most - seconds.Least) * random.NextDouble()));
}
