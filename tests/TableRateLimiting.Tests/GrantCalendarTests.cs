using CsCheck;
using TableRateLimiting.Internal;

namespace TableRateLimiting.Tests;

public sealed class GrantCalendarTests
{
    private const long Window = 1000;
    private static readonly GrantShape Shape = new(40, 60, 30);
    private static readonly Settings Seven = Scenario(7);

    [Fact]
    public void Wherever_in_their_widths_the_grants_are_used_no_window_holds_more_than_the_limit() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 4], Rounds, Gen.Int).Sample((limit, share, rounds, seed) =>
        {
            var random = new Random(seed);
            var settings = Scenario(limit) with { BackgroundPermits = Math.Min(share, limit - 1) };
            var record = GrantRecord.Empty;
            var all = new List<Grant>();
            long now = 100_000;
            foreach (var round in rounds)
            {
                now += round.Pause;
                var calendar = new GrantCalendar(settings, record, now);
                var unused = all.Where(grant => grant.Until < now && grant.Until > now - 500).Take(round.Unused).ToList();
                unused.ForEach(grant => all.Remove(grant));
                unused.ForEach(grant => Assert.True(calendar.Remove(grant)));
                var shape = new GrantShape(round.Uncertainty, round.Uncertainty + 50, 20);
                var demands = round.Demands.Select(demand => demand with { Permits = Math.Min(demand.Permits, limit), Deadline = now + demand.Deadline, NotBefore = now + demand.NotBefore }).ToArray();
                var places = calendar.Book(new BookingTerms(now, now + 10, shape, now + 500, round.Spacing), demands);
                foreach (var (demand, place) in demands.Zip(places).Where(pair => pair.Second.Booked))
                {
                    Assert.InRange(place.Instant, Math.Max(now + 10, demand.NotBefore), demand.Deadline);
                    all.AddRange(Enumerable.Repeat(place.Grant, demand.Permits));
                }

                record = calendar.Into(record.Wanted(demands.Length % 2 == 0, now), now);
            }

            for (var tries = 0; tries < 5; tries++)
            {
                var uses = all.Select(grant => tries switch { 0 => grant.From, 1 => grant.Until, _ => random.NextInt64(grant.From, grant.Until + 1) }).Order().ToList();
                for (var i = limit; i < uses.Count; i++)
                {
                    Assert.True(uses[i] - uses[i - limit] >= Window, $"{limit + 1} uses from {uses[i - limit]} to {uses[i]}");
                }
            }
        });

    /// <summary>Every instant tried one after the other.</summary>
    [Fact]
    public void A_demand_is_met_at_the_first_instant_that_the_rule_leaves() =>
        Gen.Select(Gen.Int[1, 4], Gen.Select(Gen.Long[0, 60], Gen.Long[0, 8]).List[0, 12], Gen.Int[1, 4], Gen.Long[0, 60]).Sample((limit, grants, permits, from) =>
        {
            const long window = 20;
            const long width = 3;
            permits = Math.Min(permits, limit);
            var track = new GrantTrack(limit, window);
            foreach (var grant in grants.Select(one => new Grant(one.Item1, one.Item1 + one.Item2)).Where(grant => Allowed(track.Grants, [grant], limit, window)))
            {
                track.Add(grant);
            }

            var first = from;
            while (!Allowed(track.Grants, [.. Enumerable.Repeat(new Grant(first, first + width), permits)], limit, window))
            {
                first++;
            }

            Assert.Equal(first, track.First(from, width, permits));
        });

    [Fact]
    public void A_gap_between_booked_grants_is_filled()
    {
        var calendar = Calendar(Scenario(1), new Grant(1000, 1100), new Grant(5000, 5100));

        var places = calendar.Book(Terms(now: 1200), [new Demand(1, 99_999), new Demand(1, 99_999), new Demand(1, 99_999)]);

        Assert.Equal([2140, 3240, 6140], places.Select(place => place.Instant));
    }

    [Fact]
    public void What_was_not_used_makes_room()
    {
        var calendar = Calendar(Scenario(1), new Grant(1000, 1100), new Grant(2200, 2300));
        Assert.Equal(3340, calendar.First(Terms(now: 1100), new Demand(1, 0)));

        Assert.True(calendar.Remove(new Grant(2200, 2300)));

        Assert.Equal(2140, calendar.First(Terms(now: 1100), new Demand(1, 0)));
        Assert.False(calendar.Remove(new Grant(2200, 2300)));
    }

    [Fact]
    public void A_demand_past_its_deadline_takes_nothing_and_says_when()
    {
        var calendar = Calendar(Scenario(1), new Grant(1000, 1100));

        var places = calendar.Book(Terms(now: 1200), [new Demand(1, 2139), new Demand(1, 2140)]);

        Assert.Equal([(2140, false), (2140, true)], places.Select(place => (place.Instant, place.Booked)));
    }

    [Fact]
    public void A_demand_for_later_does_not_hold_up_the_others()
    {
        var places = Calendar(Seven).Book(Terms(now: 1000), [new Demand(1, 99_999, NotBefore: 5000), new Demand(1, 99_999)]);

        Assert.Equal([5000, 1010], places.Select(place => place.Instant));
    }

    [Fact]
    public void Spaced_grants_keep_their_distance_from_the_one_before()
    {
        var calendar = Calendar(Scenario(3), new Grant(1000, 1100), new Grant(1900, 2000));

        var places = calendar.Book(Terms(now: 1200) with { Spacing = 300 }, [.. Enumerable.Repeat(new Demand(1, 99_999), 3)]);

        Assert.Equal([1340, 2240, 2540], places.Select(place => place.Instant));
    }

    [Fact]
    public void Each_priority_leaves_the_other_its_share_beyond_the_near_future()
    {
        var settings = Scenario(4) with { BackgroundPermits = 1 };
        var record = GrantRecord.Empty.Wanted(background: true, 1000).Wanted(background: false, 1000);

        var interactive = new GrantCalendar(settings, record, 1000).Book(Terms(now: 1000), [.. Enumerable.Repeat(new Demand(1, 99_999), 8)]);
        var background = new GrantCalendar(settings, record, 1000).Book(Terms(now: 1000), [.. Enumerable.Repeat(new Demand(1, 99_999, Background: true), 6)]);

        Assert.Equal([1010, 1010, 1010, 1010, 2110, 2110, 2110, 3210], interactive.Select(place => place.Instant));
        Assert.Equal([1010, 1010, 1010, 1010, 2110, 3210], background.Select(place => place.Instant));
    }

    [Fact]
    public void A_priority_that_nobody_uses_has_nothing_left_for_it()
    {
        var settings = Scenario(4) with { BackgroundPermits = 1 };
        var record = GrantRecord.Empty.Wanted(background: false, 1000);

        var places = new GrantCalendar(settings, record, 1000).Book(Terms(now: 1000), [.. Enumerable.Repeat(new Demand(1, 99_999), 9)]);

        Assert.Equal([1010, 1010, 1010, 1010, 2110, 2110, 2110, 2110, 3210], places.Select(place => place.Instant));
    }

    [Fact]
    public void Nothing_is_free_while_a_limit_of_grants_is_younger_than_a_window()
    {
        Assert.Equal(2, Calendar(Scenario(2)).Free(0));
        Assert.Equal(0, Calendar(Scenario(2), new Grant(100, 150), new Grant(200, 250)).Free(1149));
        Assert.Equal(1, Calendar(Scenario(2), new Grant(100, 150), new Grant(200, 250)).Free(1150));
    }

    [Fact]
    public void The_record_keeps_what_still_counts()
    {
        var record = Calendar(Seven, new Grant(100, 150), new Grant(200, 250), new Grant(9000, 9050)).Into(GrantRecord.Empty, past: 1200);

        Assert.Equal([new Grant(200, 250), new Grant(9000, 9050)], record.Grants);
    }

    [Fact]
    public void What_does_not_fit_into_the_record_closes_the_time_before_it()
    {
        var calendar = Calendar(Seven, [.. Enumerable.Range(1, GrantCalendar.Kept + 2).Select(i => new Grant(i * 1000, (i * 1000) + 50))]);

        var record = calendar.Into(GrantRecord.Empty, past: 0);

        Assert.Equal(GrantCalendar.Kept, record.Grants.Length);
        Assert.Equal(2050 + Window, record.Floor);
        Assert.Equal(3050 + 40, new GrantCalendar(Seven, record, 0).First(Terms(now: 0), new Demand(1, 0)));
    }

    [Fact]
    public void An_instant_that_no_process_can_have_booked_does_not_block_for_ever()
    {
        var damaged = 1_000_000 + GrantCalendar.Horizon + 1;
        var calendar = new GrantCalendar(Scenario(1), GrantRecord.Empty with { Grants = [new Grant(damaged, damaged)], Floor = long.MaxValue }, 1_000_000);

        Assert.InRange(calendar.First(Terms(now: 1_000_000), new Demand(1, 0)), 1_000_000, 1_000_000 + GrantCalendar.Horizon + 100);
    }

    [Fact]
    public void The_text_of_grants_is_read_as_it_was_written() =>
        Gen.Select(Gen.Long[0, 5_000_000], Gen.OneOf(Gen.Const(100L), Gen.Const(270L)), Gen.Bool).List[0, 40].Sample(steps =>
        {
            var from = 638_993_664_000_000_000;
            var grants = steps.Select(step => new Grant(from += step.Item1, from + step.Item2, step.Item3)).ToList();

            Assert.Equal(grants, GrantText.Read(GrantText.Write([.. grants])));
        });

    [Theory]
    [InlineData("x+1")]
    [InlineData("1")]
    [InlineData("1+")]
    [InlineData("1+1 -5")]
    [InlineData("1+1 9223372036854775807")]
    public void A_text_that_is_no_grants_is_refused(string text) => Assert.Throws<InvalidDataException>(() => GrantText.Read(text));

    private static Gen<List<Round>> Rounds => Gen.Select(
        Gen.Long[0, 1500],
        Gen.Long[0, 80],
        Gen.OneOf(Gen.Const(0L), Gen.Const(150L)),
        Gen.Int[0, 3],
        Gen.Select(Gen.Int[1, 9], Gen.Long[0, 20_000], Gen.OneOf(Gen.Const(0L), Gen.Long[0, 4000]), Gen.Bool)
            .Select((permits, deadline, notBefore, background) => new Demand(permits, deadline, notBefore, background)).List[0, 6],
        (pause, uncertainty, spacing, unused, demands) => new Round(pause, uncertainty, spacing, unused, demands)).List[1, 30];

    private static bool Allowed(IEnumerable<Grant> grants, IEnumerable<Grant> more, int limit, long window)
    {
        var all = grants.Concat(more).OrderBy(grant => grant.From).ToList();
        return Enumerable.Range(0, all.Count).All(i => Enumerable.Range(0, Math.Max(0, i - limit + 1)).All(j => all[j].Until + window <= all[i].From));
    }

    private static Settings Scenario(int limit) => Settings.From(new TableRateLimiterOptions()) with { PermitLimit = limit, Window = Window, BackgroundPermits = 0 };

    private static BookingTerms Terms(long now) => new(now, now + 10, Shape, now + 100, 0);

    private static GrantCalendar Calendar(Settings settings, params Grant[] grants) => new(settings, GrantRecord.Empty with { Grants = [.. grants] }, 0);

    private sealed record Round(long Pause, long Uncertainty, long Spacing, int Unused, List<Demand> Demands);
}
