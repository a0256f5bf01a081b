using CsCheck;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Storage;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Storage;

public sealed class StorageClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whatever this machine's wall clock says, and however slow the answers are.</summary>
    [Fact]
    public void Storages_time_lies_in_the_span_after_any_answers() => Gen.Select(
        Gen.Int[-86_400, 86_400], Gen.Select(Gen.Int[0, 90_000], Gen.Int[0, 5_000], Gen.Int[0, 5_000]).Array[1, 20], (wrong, answers) => (wrong, answers))
        .Sample(
            sample =>
            {
                var local = new FakeTimeProvider(Start);
                var (storage, clock) = (TimeSpan.FromSeconds(sample.wrong), new StorageClock(local));
                foreach (var (before, there, back) in sample.answers)
                {
                    local.Advance(TimeSpan.FromMilliseconds(before));
                    var sent = clock.Take();
                    local.Advance(TimeSpan.FromMilliseconds(there));
                    var date = Seconds(local.GetUtcNow() + storage);
                    local.Advance(TimeSpan.FromMilliseconds(back));
                    clock.Observe(sent, date);

                    var (now, known) = (local.GetUtcNow() + storage, clock.Now);
                    Assert.True(known.Earliest <= now && now <= known.Latest);
                    Assert.InRange(known.Latest - known.Earliest, TimeSpan.Zero, TimeSpan.FromSeconds(2.1) + TimeSpan.FromMilliseconds(there + back));
                }
            },
            iter: 2_000);

    [Fact]
    public void The_span_moves_on_with_time_and_hardly_widens()
    {
        var (local, clock) = Answered(TimeSpan.FromHours(-3));
        local.Advance(TimeSpan.FromHours(1));

        Assert.InRange(clock.Now.Likely - Start, TimeSpan.FromHours(-2) - TimeSpan.FromSeconds(2), TimeSpan.FromHours(-2) + TimeSpan.FromSeconds(2));
        Assert.True(clock.Now.Latest - clock.Now.Earliest < TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_wall_clock_that_is_set_widens_the_span_until_the_next_answer(int hours)
    {
        var local = new ShiftedTime();
        var clock = new StorageClock(local);
        clock.Observe(clock.Take(), Seconds(TimeProvider.System.GetUtcNow()));
        local.Advance(TimeSpan.FromHours(hours));
        var (widened, real) = (clock.Now, TimeProvider.System.GetUtcNow());

        clock.Observe(clock.Take(), Seconds(TimeProvider.System.GetUtcNow()));

        Assert.True(widened.Earliest <= real && real <= widened.Latest + TimeSpan.FromSeconds(1));
        Assert.True(clock.Now.Latest - clock.Now.Earliest < TimeSpan.FromSeconds(3));
        Assert.InRange(clock.Now.Likely - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void An_answer_that_contradicts_what_was_known_is_believed()
    {
        var (local, clock) = Answered(TimeSpan.Zero);

        clock.Observe(clock.Take(), Seconds(local.GetUtcNow() - TimeSpan.FromHours(5)));

        Assert.InRange(clock.Now.Likely - local.GetUtcNow(), TimeSpan.FromHours(-5) - TimeSpan.FromSeconds(2), TimeSpan.FromHours(-5) + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Before_any_answer_this_machines_clock_counts_give_or_take_a_day()
    {
        var local = new FakeTimeProvider(Start);
        var clock = new StorageClock(local);

        Assert.Equal((Start, TimeSpan.FromDays(2)), (clock.Now.Likely, clock.Now.Latest - clock.Now.Earliest));
    }

    [Fact]
    public void No_wait_is_longer_than_it_may_be()
    {
        var now = new StorageTime(Start, Start.AddSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(3), now.Until(Start.AddSeconds(3), TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.FromSeconds(10), now.Until(Start.AddHours(1), TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.Zero, now.Until(Start, TimeSpan.FromSeconds(10)));
    }

    private static (FakeTimeProvider Local, StorageClock Clock) Answered(TimeSpan storage)
    {
        var local = new FakeTimeProvider(Start);
        var clock = new StorageClock(local);
        clock.Observe(clock.Take(), Seconds(Start + storage));
        return (local, clock);
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
