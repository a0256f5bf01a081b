using CsCheck;
using Kommo.Simulator.Limits;

namespace Kommo.Simulator.Tests.Limits;

public sealed class SlidingWindowTests
{
    private const long Width = 100;

    [Fact]
    public void The_busiest_window_is_that_of_a_naive_count() =>
        Gen.Long[0, 60].Array[1, 200].Sample(gaps =>
        {
            long[] arrivals = Instants(gaps);
            SlidingWindow window = new(Width);
            foreach (long arrival in arrivals)
            {
                window.Add(arrival);
            }

            return window.Busiest == Naive(arrivals);
        });

    [Fact]
    public void An_arrival_recorded_up_to_one_width_late_lands_in_its_place() =>
        Gen.Select(Gen.Long[0, 30], Gen.Long[0, Width - 1]).Array[1, 100].Sample(steps =>
        {
            // Stamped in one order, recorded in another: each arrival is recorded some time after its stamp.
            long[] stamped = Instants([.. steps.Select(step => step.Item1)]);
            long[] recorded = [.. stamped.Zip(steps, (at, step) => (At: at, RecordedAt: at + step.Item2))
                .OrderBy(arrival => arrival.RecordedAt).Select(arrival => arrival.At)];
            SlidingWindow window = new(Width);
            return Enumerable.Range(0, recorded.Length).All(last =>
                window.Add(recorded[last]) == NaiveAround(recorded[..(last + 1)], recorded[last]))
                && window.Busiest == Naive(recorded);
        });

    [Fact]
    public void Two_arrivals_exactly_one_width_apart_share_no_window()
    {
        SlidingWindow window = new(Width);
        Assert.Equal((1, 1, 2), (window.Add(0), window.Add(Width), window.Add((2 * Width) - 1)));
        Assert.Equal(2, window.Busiest);
    }

    private static long[] Instants(long[] gaps)
    {
        long now = 1000;
        return [.. gaps.Select(gap => now += gap)];
    }

    private static int Naive(long[] arrivals) =>
        arrivals.Max(end => arrivals.Count(arrival => arrival <= end && arrival > end - Width));

    private static int NaiveAround(long[] arrivals, long centre) => arrivals
        .Where(end => end >= centre && end < centre + Width)
        .Max(end => arrivals.Count(arrival => arrival <= end && arrival > end - Width));
}
