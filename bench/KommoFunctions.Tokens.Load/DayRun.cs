using Kommo.Simulator;
using KommoFunctions.Emulators.KeyVault;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Tokens.Load;

/// <summary>What a day of timer ticks costs.</summary>
internal sealed record DayResult
{
    public required int Accounts { get; init; }

    public required int Ticks { get; init; }

    public required long TokenRequests { get; init; }

    /// <summary>Requests to the vault, over all operations.</summary>
    public required long VaultRequests { get; init; }

    /// <summary>The most requests to the vault in any ten seconds in a row, as they really came; a vault takes 4,000.</summary>
    public required long MostVaultRequests { get; init; }

    /// <summary>The most new secrets in any ten seconds in a row; a vault takes 300.</summary>
    public required long MostVaultSets { get; init; }

    /// <summary>The most requests to table storage of a tick that had nothing to refresh, the hourly look at all accounts apart.</summary>
    public required long MostIdleTableRequests { get; init; }

    /// <summary>Requests to the vault of all ticks that had nothing to refresh.</summary>
    public required long IdleVaultRequests { get; init; }

    /// <summary>Accounts whose tokens were over at the end of a tick.</summary>
    public required int Expired { get; init; }
}

/// <summary>
/// Accounts that were all connected at the same moment, and the timer over a day: the clock goes on by ten minutes from tick to tick, the work of a tick
/// takes as long as it takes.
/// </summary>
internal static class DayRun
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(500);
    private const int SamplesInTenSeconds = 20;

    public static async Task<DayResult> RunAsync(int accounts, TextWriter progress, CancellationToken cancellationToken)
    {
        var time = new ShiftedTime();
        await using var surroundings = await Surroundings.StartAsync(RefreshTokenPolicy.OldDiesAtOnce, time, cancellationToken);
        progress.WriteLine($"Connecting {accounts:N0} accounts");
        await Parallel.ForAsync(0, accounts, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (_, token) =>
            await surroundings.ConnectAsync(TimeSpan.FromHours(23), token));
        surroundings.Kommo.ResetStatistics();
        var refresher = surroundings.Provider.GetRequiredService<TokenRefresher>();
        var health = surroundings.Provider.GetRequiredService<TokenHealth>();
        var vault = surroundings.Vault.Statistics;
        var before = vault.Total;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var samples = SampleAsync(vault, ended.Token);
        var (ticks, idleTables, idleVault) = ((int)(TimeSpan.FromDays(1) / Tick), 0L, 0L);
        for (var tick = 1; tick <= ticks; tick++)
        {
            time.Advance(Tick);
            var (refreshes, tables, secrets, looked) = (surroundings.Kommo.GetStatistics().TokenRequests, Tables(surroundings), vault.Total, health.LookedAt);
            await refresher.RefreshDueAsync(cancellationToken);
            var done = surroundings.Kommo.GetStatistics().TokenRequests - refreshes;
            if (done == 0)
            {
                idleVault += vault.Total - secrets;
                idleTables = looked == health.LookedAt ? Math.Max(idleTables, Tables(surroundings) - tables) : idleTables;
            }

            if (done > 0 || tick % 24 == 0)
            {
                progress.WriteLine($"After {tick * Tick:hh\\:mm} h: {done:N0} refreshed, {surroundings.Kommo.GetStatistics().TokenRequests:N0} so far, {vault.Total - before:N0} requests to the vault");
            }
        }

        await ended.CancelAsync();
        var (total, sets) = await samples;
        var expired = 0;
        await foreach (var account in surroundings.Provider.GetRequiredService<Accounts.AccountStore>().ListAsync(cancellationToken))
        {
            expired += account.TokenExpiresAt < time.GetUtcNow() ? 1 : 0;
        }

        return new DayResult
        {
            Accounts = accounts,
            Ticks = ticks,
            TokenRequests = surroundings.Kommo.GetStatistics().TokenRequests,
            VaultRequests = vault.Total - before,
            MostVaultRequests = total,
            MostVaultSets = sets,
            MostIdleTableRequests = idleTables,
            IdleVaultRequests = idleVault,
            Expired = expired,
        };
    }

    private static long Tables(Surroundings surroundings) => surroundings.Storage.Statistics.Total;

    /// <summary>The most requests, and the most new secrets, in ten seconds, half a second more or less.</summary>
    private static async Task<(long Total, long Sets)> SampleAsync(KeyVaultStatistics statistics, CancellationToken cancellationToken)
    {
        var samples = new List<(long Total, long Sets)>();
        while (!cancellationToken.IsCancellationRequested)
        {
            samples.Add((statistics.Total, statistics[KeyVaultOperation.Set]));
            await Task.Delay(Sample, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        samples.Add((statistics.Total, statistics[KeyVaultOperation.Set]));
        var pairs = samples.Select((sample, i) => (Now: sample, Then: samples[Math.Max(0, i - SamplesInTenSeconds - 1)])).ToList();
        return (pairs.Max(p => p.Now.Total - p.Then.Total), pairs.Max(p => p.Now.Sets - p.Then.Sets));
    }
}
