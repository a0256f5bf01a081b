using System.Collections.Immutable;
using CsCheck;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests;

public sealed class SlidingLogTests
{
    private const long Period = 1100;
    private static readonly Gen<Demand> Demands = Gen.Select(Gen.Int[0, 7], Gen.Long[0, 20_000]).Select((permits, deadline) => new Demand(permits, deadline));

    [Fact]
    public void No_grant_stands_closer_than_a_period_to_the_one_a_limit_before_it() =>
        Gen.Select(Gen.Int[7, 12], Gen.Select(Gen.Long[0, 900], Gen.Long[0, 50], Demands.List[0, 6]).List[1, 30]).Sample((limit, rounds) =>
        {
            var log = new SlidingLog(limit, Period);
            var grants = ImmutableArray<long>.Empty;
            var all = new List<(long Instant, long Logged)>();
            long now = 0;
            foreach (var (pause, uncertainty, demands) in rounds)
            {
                now += pause;
                var booking = log.Book(grants, now, uncertainty, [.. demands.Select(demand => demand with { Deadline = now + demand.Deadline })]);
                grants = booking.Grants;
                foreach (var (demand, place) in demands.Zip(booking.Places).Where(pair => pair.Second.Booked))
                {
                    Assert.True(place.Instant >= now && place.Instant <= now + demand.Deadline);
                    all.AddRange(Enumerable.Repeat((place.Instant - uncertainty, place.Instant + uncertainty), demand.Permits));
                }
            }

            // Whatever the clocks' errors: the earliest use of a grant against the latest of the one before.
            for (var i = limit; i < all.Count; i++)
            {
                Assert.True(all[i].Instant - all[i - limit].Logged >= Period);
            }
        });

    [Fact]
    public void A_demand_is_met_at_the_first_instant_the_rule_allows()
    {
        var log = new SlidingLog(2, Period);

        var booking = log.Book([100, 500], 600, 0, [new Demand(1, 9999), new Demand(1, 9999), new Demand(2, 9999)]);

        Assert.Equal([1200, 1600, 2700], booking.Places.Select(place => place.Instant));
        Assert.All(booking.Places, place => Assert.True(place.Booked));
    }

    [Fact]
    public void A_demand_past_its_deadline_takes_nothing_and_says_when()
    {
        var log = new SlidingLog(1, Period);

        var booking = log.Book([100], 200, 0, [new Demand(1, 1199), new Demand(1, 1200)]);

        Assert.Equal([new Place(1200, false), new Place(1200, true)], booking.Places);
        Assert.Equal([1200], booking.Grants);
    }

    [Fact]
    public void Nothing_is_free_while_a_limit_of_grants_is_younger_than_a_period()
    {
        var log = new SlidingLog(2, Period);

        Assert.Equal(2, log.Free([], 0));
        Assert.Equal(0, log.Free([100, 200], 1199));
        Assert.Equal(1, log.Free([100, 200], 1200));
    }

    [Fact]
    public void The_log_keeps_what_the_rule_needs_and_no_more()
    {
        var log = new SlidingLog(2, Period);

        Assert.Equal([1000, 2000], log.Book([1, 2, 1000], 2000, 0, [new Demand(1, 9999)]).Grants);
    }

    [Fact]
    public void An_instant_that_no_process_can_have_booked_does_not_block_for_ever()
    {
        var log = new SlidingLog(1, Period);
        var damaged = 1_000_000 + SlidingLog.Horizon + 1;

        Assert.Equal(1_000_000 + Period, log.Book([damaged], 1_000_000, 0, [new Demand(1, long.MaxValue)]).Places[0].Instant);
    }
}
