namespace KommoFunctions.Receiver;

/// <summary>Combinations in which every value of a factor meets every value of each other one.</summary>
internal static class Pairs
{
    private const int Candidates = 200;

    /// <param name="sizes">How many values each factor has.</param>
    public static IReadOnlyList<int[]> Cover(int[] sizes)
    {
        var left = new HashSet<(int Factor, int Value, int Other, int OtherValue)>(
            from factor in Enumerable.Range(0, sizes.Length)
            from other in Enumerable.Range(factor + 1, sizes.Length - factor - 1)
            from value in Enumerable.Range(0, sizes[factor])
            from otherValue in Enumerable.Range(0, sizes[other])
            select (factor, value, other, otherValue));
        var random = new Random(7); // the same plan each time
        var plan = new List<int[]>();
        while (left.Count > 0)
        {
            var best = Enumerable.Range(0, Candidates)
                .Select(_ => Array.ConvertAll(sizes, random.Next))
                .MaxBy(candidate => Met(candidate).Count(left.Contains))!;
            if (Met(best).Any(left.Contains))
            {
                left.ExceptWith(Met(best));
                plan.Add(best);
            }
        }

        return plan;
    }

    private static IEnumerable<(int Factor, int Value, int Other, int OtherValue)> Met(int[] choice) =>
        from factor in Enumerable.Range(0, choice.Length)
        from other in Enumerable.Range(factor + 1, choice.Length - factor - 1)
        select (factor, choice[factor], other, choice[other]);
}
