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
    public void An_arrival_recorded_late_lands_in_its_place() =>
        Gen.Select(Gen.Long[0, 30].Array[1, 100], Gen.Int[0, 3].Array[100, 100]).Sample((gaps, jumps) =>
        {
            // Swaps neighbours a few places apart: threads that were stamped in one order and recorded in another.
            long[] arrivals = Instants(gaps);
            for (int index = 0; index < arrivals.Length; index++)
            {
                int other = Math.Min(arrivals.Length - 1, index + jumps[index]);
                if (arrivals[other] - arrivals[index] < Width / 2)
                {
                    (arrivals[index], arrivals[other]) = (arrivals[other], arrivals[index]);
                }
            }

            SlidingWindow window = new(Width);
            return Enumerable.Range(0, arrivals.Length).All(last =>
                window.Add(arrivals[last]) == NaiveAround(arrivals[..(last + 1)], arrivals[last]))
                && window.Busiest == Naive(arrivals);
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
