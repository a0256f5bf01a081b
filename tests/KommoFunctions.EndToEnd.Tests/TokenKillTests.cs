using Kommo.Simulator;
using KommoFunctions.Tokens.Load;
using KillRun = KommoFunctions.Tokens.Load.KillRun;

namespace KommoFunctions.EndToEnd.Tests;

/// <summary>The short form of the runs in <c>bench/KommoFunctions.Tokens.Load</c>, with real processes.</summary>
public sealed class TokenKillTests
{
    [Theory]
    [InlineData(RefreshTokenPolicy.OldDiesAtOnce)]
    [InlineData(RefreshTokenPolicy.OldLivesUntilNewIsUsed)]
    public async Task An_account_stays_connected_at_whatever_step_its_process_is_killed(RefreshTokenPolicy policy)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(8), TimeProvider.System);

        var results = await KillRun.RunAsync(policy, 1, TextWriter.Null, timeout.Token);

        Assert.Equal(KillRun.Moments, results.Select(result => result.Moment));
        Assert.DoesNotContain(results, result => result.Lost > 0 && !result.IsWindow);
        Assert.Equal(policy == RefreshTokenPolicy.OldDiesAtOnce ? 2 : 0, results.Where(result => result.IsWindow).Sum(result => result.Lost));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Eight_processes_that_start_at_the_same_instant_make_one_token_request(bool trouble)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);

        Assert.Equal([1L], await InstantRun.RunAsync(8, 1, trouble, TextWriter.Null, timeout.Token));
    }

    [Fact]
    public async Task A_day_of_the_timer_reads_no_secret_that_is_not_due_and_stays_within_the_vaults_limits()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(8), TimeProvider.System);

        var day = await DayRun.RunAsync(120, TextWriter.Null, timeout.Token);

        Assert.Equal((0L, 0), (day.IdleVaultRequests, day.Expired));
        Assert.InRange(day.TokenRequests, 2 * 120, 3 * 120);
        Assert.True(day.VaultRequests <= (3 * day.TokenRequests) + (2 * 120) && day.MostVaultSets < 300 && day.MostIdleTableRequests <= 4, $"{day}");
    }
}
