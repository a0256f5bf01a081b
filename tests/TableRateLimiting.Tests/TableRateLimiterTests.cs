using System.Threading.RateLimiting;
using TableRateLimiting.Internal;
using TableRateLimiting.Tests.Simulation;

namespace TableRateLimiting.Tests;

/// <summary>What is our limiter's own, in simulated time. Every scenario has one process 4 to 8 ms away from storage, unless it says otherwise.</summary>
public sealed class TableRateLimiterTests
{
    private static readonly Link Near = new(2 * TimeSpan.TicksPerMillisecond, 4 * TimeSpan.TicksPerMillisecond, 0);
    private readonly Scenario _scenario = new(1);

    [Fact]
    public void One_swap_books_for_all_who_wait()
    {
        var limiter = _scenario.AddProcess(Near);

        var leases = Ask(limiter, 28);
        Run(seconds: 5);

        Assert.All(leases, lease => Assert.True(lease.Lease.IsAcquired));
        Assert.InRange(_scenario.Storage.Writes, 1, 2);
        Assert.InRange(_scenario.Requests, 3, 4);
    }

    [Fact]
    public void A_process_alone_needs_one_request_a_swap()
    {
        var limiter = _scenario.AddProcess(Near);
        for (var i = 0; i < 20; i++)
        {
            Ask(limiter, 1, at: TimeSpan.FromSeconds(i));
        }

        Run(seconds: 25);

        Assert.Equal(20, _scenario.Storage.Writes);
        Assert.Equal(22, _scenario.Requests);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(70)]
    [InlineData(600)]
    public void After_idleness_one_request_grants_a_window_s_permits_at_once(int idleSeconds)
    {
        var limiter = _scenario.AddProcess(Near, drift: 0.00002);
        Ask(limiter, 7);
        Run(seconds: idleSeconds);
        var requests = _scenario.Requests;

        var burst = Ask(limiter, 7);
        Run(seconds: 0.1);

        Assert.All(burst, lease => Assert.True(lease.Lease.IsAcquired));
        Assert.Equal(requests + 1, _scenario.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    public void A_pause_voids_what_another_process_had_booked_as_soon_as_that_sees_it(int? checkAfter)
    {
        var scenario = new Scenario(1, Scenario.Defaults with { PauseCheckAfter = checkAfter * TimeSpan.TicksPerMillisecond });
        var pausing = scenario.AddProcess(Near);
        var other = scenario.AddProcess(Near);
        scenario.Use(pausing, 2, TimeSpan.FromSeconds(30));
        var used = scenario.Use(other, 30, TimeSpan.FromSeconds(30));

        scenario.Pause(pausing, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4));
        scenario.World.Run(TimeSpan.FromSeconds(9));

        // By then all that it had booked are due; what was booked more than a second ago was looked after.
        Assert.Equal(checkAfter is null, used.Between(TimeSpan.FromSeconds(2.6), TimeSpan.FromSeconds(5.4)) > 0);
        Assert.Equal(30, used.Between(default, TimeSpan.FromSeconds(9)));
    }

    [Fact]
    public void Who_would_wait_longer_than_allowed_is_refused_at_once_and_told_how_long()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 35);
        Run(seconds: 0.1);
        var requests = _scenario.Requests;

        var late = Ask(limiter, 1)[0];
        Run(seconds: 0.1);

        Assert.False(late.Lease.IsAcquired);
        Assert.True(late.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        Assert.Equal(requests, _scenario.Requests);
    }

    [Fact]
    public void Who_gives_up_before_it_was_booked_costs_nothing()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 7);
        Run(seconds: 0.4);
        using var cancellation = new CancellationTokenSource();
        var impatient = Ask(limiter, 1, cancellation: cancellation.Token)[0];
        Run(seconds: 0.5);
        var requests = _scenario.Requests;

        cancellation.Cancel();
        Run(seconds: 1);

        Assert.True(impatient.GaveUp);
        Assert.Equal(requests, _scenario.Requests);
    }

    [Fact]
    public void Who_gives_up_leaves_the_booked_instant_to_the_next()
    {
        var limiter = _scenario.AddProcess(Near);
        using var cancellation = new CancellationTokenSource();
        BookOne(limiter, cancellation.Token);
        var writes = _scenario.Storage.Writes;

        cancellation.Cancel();
        var next = Ask(limiter, 1)[0];
        Run(seconds: 0.1);

        Assert.True(next.Lease.IsAcquired);
        Assert.Equal(writes, _scenario.Storage.Writes);
    }

    [Fact]
    public void What_was_booked_far_ahead_for_a_caller_that_gives_up_goes_back_to_all()
    {
        var limiter = _scenario.AddProcess(Near);
        using var cancellation = new CancellationTokenSource();
        Ask(limiter, 10);
        var impatient = Ask(limiter, 9, cancellation: cancellation.Token);
        Run(seconds: 0.2);
        Assert.Equal(19, _scenario.Storage.Record.Grants.Length);

        cancellation.Cancel();
        Run(seconds: 0.1);

        Assert.All(impatient, call => Assert.True(call.GaveUp));
        Assert.Equal(10, _scenario.Storage.Record.Grants.Length);
    }

    [Fact]
    public void An_attempt_takes_only_what_is_booked_due_and_not_waited_for()
    {
        var limiter = _scenario.AddProcess(Near);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        using var cancellation = new CancellationTokenSource();
        BookOne(limiter, cancellation.Token);
        cancellation.Cancel();
        Assert.False(limiter.AttemptAcquire().IsAcquired);

        var granted = 0;
        for (var i = 0; i < 100; i++)
        {
            Run(seconds: 0.002);
            granted += limiter.AttemptAcquire().IsAcquired ? 1 : 0;
        }

        Assert.Equal(1, granted);
    }

    [Fact]
    public void A_refused_attempt_tells_when_a_permit_can_be_expected()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 7);
        Run(seconds: 0.2);

        Assert.True(limiter.AttemptAcquire().TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Several_permits_wait_until_all_of_them_can_be_used_at_once()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 5);
        var several = Ask(limiter, 1, permits: 3)[0];
        Run(seconds: 0.9);
        Assert.False(several.IsCompleted);

        Run(seconds: 0.5);

        Assert.True(several.Lease.IsAcquired);
        Assert.Equal(3, _scenario.Storage.Record.Grants.Count(instant => instant == _scenario.Storage.Record.Grants[^1]));
    }

    [Fact]
    public void A_pause_takes_back_what_was_booked_before_its_end()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 7);
        var waiting = Ask(limiter, 2);
        Run(seconds: 0.5);

        var pause = Begin(() => limiter.PauseAsync(TimeSpan.FromSeconds(2)));
        Run(seconds: 1.9);
        Assert.True(pause.IsCompleted);
        Assert.All(waiting, lease => Assert.False(lease.IsCompleted));

        Run(seconds: 0.5);
        Assert.All(waiting, lease => Assert.True(lease.Lease.IsAcquired));
    }

    [Fact]
    public void Who_waits_is_refused_when_a_pause_outlasts_the_wait()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 7);
        var waiting = Ask(limiter, 1)[0];
        Run(seconds: 0.5);

        Begin(() => limiter.PauseAsync(World.Start + TimeSpan.FromSeconds(300.5)));
        Run(seconds: 0.1);

        Assert.True(waiting.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(299.5), TimeSpan.FromSeconds(300.5));
    }

    [Fact]
    public void A_process_with_a_wrong_wall_clock_pauses_as_long_as_the_others()
    {
        var limiter = _scenario.AddProcess(Near, TimeSpan.FromMinutes(-20));
        var other = _scenario.AddProcess(Near, TimeSpan.FromMinutes(20));

        Begin(() => limiter.PauseAsync(TimeSpan.FromSeconds(3)));
        Run(seconds: 1);
        var lease = Ask(other, 1)[0];
        Run(seconds: 1.9);
        Assert.False(lease.IsCompleted);
        Run(seconds: 0.5);
        Assert.True(lease.Lease.IsAcquired);
    }

    [Fact]
    public void A_pause_while_storage_is_away_holds_here_and_is_written_when_it_is_back()
    {
        var limiter = _scenario.AddProcess(Near);
        Ask(limiter, 1);
        Run(seconds: 1);
        _scenario.Storage.Down = true;

        var pause = Begin(() => limiter.PauseAsync(TimeSpan.FromMinutes(5)));
        Run(seconds: 5);
        Assert.True(pause.IsCompleted);
        var refused = Ask(limiter, 1)[0];
        Run(seconds: 1);
        Assert.False(refused.Lease.IsAcquired);

        _scenario.Storage.Down = false;
        for (var i = 0; i < 10; i++)
        {
            Ask(limiter, 1, at: TimeSpan.FromSeconds(i));
        }

        Run(seconds: 15);
        Assert.True(_scenario.Storage.Record.PausedUntil > World.Start.UtcTicks + TimeSpan.TicksPerMinute);
    }

    /// <summary>Goes on until an eighth caller, for whom the window had no room, is booked and not yet served.</summary>
    private void BookOne(TableRateLimiter limiter, CancellationToken cancellation)
    {
        Ask(limiter, 7, cancellation: CancellationToken.None);
        Run(seconds: 0.5);
        var call = Ask(limiter, 1, cancellation: cancellation)[0];
        for (var writes = _scenario.Storage.Writes; writes == _scenario.Storage.Writes;)
        {
            Run(seconds: 0.001);
        }

        Run(seconds: 0.005);
        Assert.False(call.IsCompleted);
    }

    private List<Call> Ask(TableRateLimiter limiter, int callers, int permits = 1, TimeSpan at = default, CancellationToken cancellation = default)
    {
        var calls = Enumerable.Range(0, callers).Select(_ => new Call()).ToList();
        _scenario.World.At(
            _scenario.World.Now + at.Ticks,
            () => calls.ForEach(call => _scenario.World.Begin(() => call.MakeAsync(limiter, permits, cancellation))));
        if (at == default)
        {
            Run(seconds: 0);
        }

        return calls;
    }

    private Call Begin(Func<Task> work)
    {
        var call = new Call();
        _scenario.World.Begin(() => call.MakeAsync(work));
        return call;
    }

    private void Run(double seconds) => _scenario.World.Run(TimeSpan.FromTicks(_scenario.World.Now) + TimeSpan.FromSeconds(seconds));

    private sealed class Call
    {
        private RateLimitLease? _lease;

        public bool IsCompleted { get; private set; }

        public bool GaveUp { get; private set; }

        public RateLimitLease Lease => _lease ?? throw new InvalidOperationException("The call is not over.");

        public async Task MakeAsync(Func<Task> work)
        {
            await work();
            IsCompleted = true;
        }

        public async Task MakeAsync(TableRateLimiter limiter, int permits, CancellationToken cancellation)
        {
            try
            {
                _lease = await limiter.AcquireAsync(permits, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                GaveUp = true;
            }

            IsCompleted = true;
        }
    }
}
