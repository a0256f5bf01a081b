using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests;

public sealed class StorageClockTests
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;
    private static readonly DateTimeOffset Wrong = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly long ServiceStart = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    private readonly FakeTimeProvider _time = new(Wrong);
    private readonly StorageClock _clock;

    public StorageClockTests() => _clock = new StorageClock(_time);

    [Fact]
    public void Before_an_answer_the_service_time_is_not_known()
    {
        Assert.Null(_clock.Offset);
        Assert.Null(_clock.Uncertainty);
    }

    [Fact]
    public void The_service_time_lies_within_the_uncertainty_however_answers_travel() =>
        Gen.Select(Gen.Long[0, 200 * Millisecond], Gen.Long[0, 200 * Millisecond], Gen.Long[0, 60_000 * Millisecond]).List[1, 20].Sample(
            trips =>
            {
                var time = new FakeTimeProvider(Wrong);
                var clock = new StorageClock(time);
                foreach (var (up, down, pause) in trips)
                {
                    var sending = clock.Send();
                    time.Advance(TimeSpan.FromTicks(up));
                    var stamp = ServiceTime(time);
                    time.Advance(TimeSpan.FromTicks(down));
                    Assert.True(clock.Observe(sending, new ServiceStamp(stamp, stamp)));
                    time.Advance(TimeSpan.FromTicks(pause));
                }

                var error = ServiceTime(time) - (clock.Offset!.Value + clock.Elapsed);
                return Math.Abs(error) <= clock.Uncertainty!.Value + 1;
            },
            iter: 500);

    [Fact]
    public void A_quick_answer_narrows_what_a_slow_one_left_open()
    {
        Ask(up: 100, down: 100);
        var wide = _clock.Uncertainty;
        Ask(up: 1, down: 1);

        Assert.Equal(100 * Millisecond, wide);
        Assert.InRange(_clock.Uncertainty!.Value, 0, 2 * Millisecond);
    }

    [Fact]
    public void A_slow_answer_does_not_widen_what_a_quick_one_settled()
    {
        Ask(up: 1, down: 1);
        Ask(up: 100, down: 100);

        Assert.InRange(_clock.Uncertainty!.Value, 0, 2 * Millisecond);
    }

    [Fact]
    public void Without_answers_the_uncertainty_grows_with_the_drift_of_two_clocks()
    {
        Ask(up: 0, down: 0);
        _time.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(10 * Millisecond, _clock.Uncertainty);
    }

    [Fact]
    public void An_answer_that_contradicts_the_earlier_ones_is_believed()
    {
        Ask(up: 1, down: 1);
        var sending = _clock.Send();
        var stamp = ServiceTime(_time) + TimeSpan.TicksPerMinute;

        Assert.False(_clock.Observe(sending, new ServiceStamp(stamp, stamp)));
        Assert.Equal(stamp, _clock.Offset + _clock.Elapsed);
    }

    [Fact]
    public void A_process_that_was_frozen_forgets_the_service_time()
    {
        var time = new FreezableTime();
        var clock = new StorageClock(time);
        clock.Observe(clock.Send(), new ServiceStamp(ServiceStart, ServiceStart));

        time.Wall += TimeSpan.FromSeconds(3);

        Assert.Equal(1, clock.Freezes);
        Assert.Null(clock.Offset);
        Assert.Equal(1, clock.Freezes);
    }

    [Fact]
    public void An_answer_to_a_question_from_before_a_freeze_teaches_nothing()
    {
        var time = new FreezableTime();
        var clock = new StorageClock(time);
        var sending = clock.Send();

        time.Wall += TimeSpan.FromSeconds(3);
        clock.Observe(sending, new ServiceStamp(ServiceStart, ServiceStart));

        Assert.Null(clock.Offset);
    }

    [Theory]
    [InlineData("W/\"datetime'2026-01-31T12%3A00%3A00.1234567Z'\"", 1_234_567)]
    [InlineData("W/\"datetime'2026-01-31T12%3A00%3A00Z'\"", 0)]
    public void The_tag_of_an_entity_is_its_time(string tag, long ticks)
    {
        var stamp = EntityTag.FromTag(new Azure.ETag(tag));

        Assert.Equal(new ServiceStamp(ServiceStart + ticks - Millisecond, ServiceStart + ticks + Millisecond), stamp);
    }

    [Theory]
    [InlineData("\"0x8D5C9A\"")]
    [InlineData("W/\"datetime''\"")]
    [InlineData("W/\"datetime'yesterday'\"")]
    [InlineData("W/\"datetime'\"")]
    [InlineData("")]
    public void Any_other_tag_tells_no_time(string tag) => Assert.Null(EntityTag.FromTag(new Azure.ETag(tag)));

    private static long ServiceTime(TimeProvider time) => ServiceStart + (time.GetUtcNow() - Wrong).Ticks;

    private void Ask(int up, int down)
    {
        var sending = _clock.Send();
        _time.Advance(TimeSpan.FromMilliseconds(up));
        var stamp = ServiceTime(_time);
        _time.Advance(TimeSpan.FromMilliseconds(down));
        _clock.Observe(sending, new ServiceStamp(stamp, stamp));
    }

    private sealed class FreezableTime : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = Wrong;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => 0;
    }
}
