using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Kommo.Simulator.Api;

/// <summary>Kommo's query language: <c>page</c>, <c>limit</c>, <c>with</c>, <c>query</c>, <c>order</c> and <c>filter[...]</c>.</summary>
internal sealed class ListQuery(IQueryCollection query)
{
    public const int LargestPage = 250;

    // A filter is asked of every row of the account, so what the query says of it is read once.
    private readonly Dictionary<string, IReadOnlyList<string>?> _filters = [];
    private readonly Dictionary<string, IReadOnlySet<long>?> _ids = [];
    private readonly Dictionary<string, (long? From, long? To)> _ranges = [];
    private readonly Lazy<IReadOnlySet<string>> _with = new(() => query["with"].ToString()
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    private readonly Lazy<IReadOnlyList<(long PipelineId, long StatusId)>?> _statuses = new(() => ReadStatuses(query));

    public int Page => (int)Math.Clamp(Number(query, "page") ?? 1, 1, int.MaxValue);

    public long Limit => Number(query, "limit") ?? 50;

    public string? Search => Text("query");

    public bool With(string name) => _with.Value.Contains(name);

    /// <summary>Whether anything narrows the list down.</summary>
    public bool HasFilters => Search is { Length: > 0 } || query.Keys.Any(key => key.StartsWith("filter[", StringComparison.Ordinal));

    public IEnumerable<string> Keys => query.Keys;

    public bool HasRange(string name) => query.ContainsKey($"filter[{name}][from]") || query.ContainsKey($"filter[{name}][to]");

    public string? Text(string name) => query.TryGetValue(name, out StringValues value) ? value.ToString() : null;

    /// <summary>The values of <c>filter[name]</c>, <c>filter[name][]</c> or <c>filter[name][n]</c>; null without any.</summary>
    public IReadOnlyList<string>? Filter(string name) => Once(_filters, name, ReadFilter);

    public IReadOnlySet<long>? FilterIds(string name) => Once(_ids, name, filter =>
        Filter(filter)?.Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out long id) ? id : -1).ToHashSet());

    /// <summary>Whether the instant is within <c>filter[name][from]</c> and <c>[to]</c>, both inclusive and optional.</summary>
    public bool InRange(string name, long? instant)
    {
        (long? from, long? to) = Once(
            _ranges, name, filter => (Number(query, $"filter[{filter}][from]"), Number(query, $"filter[{filter}][to]")));
        return (from is null && to is null) || (instant is { } known && known >= (from ?? long.MinValue) && known <= (to ?? long.MaxValue));
    }

    public bool Matches(string name, long? value) => FilterIds(name) is not { } wanted || (value is { } known && wanted.Contains(known));

    public bool MatchesText(string name, string? value) => Filter(name) is not { } wanted || wanted.Contains(value);

    /// <summary><c>filter[statuses][n][pipeline_id]</c> with <c>[status_id]</c>; null without any.</summary>
    public IReadOnlyList<(long PipelineId, long StatusId)>? Statuses => _statuses.Value;

    /// <summary>The field and direction of <c>order[field]=asc|desc</c>, if it is one of those that may be asked for.</summary>
    public (string Field, bool Descending) Order(string fallback, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (Text($"order[{field}]") is { } direction)
            {
                return (field, direction.Equals("desc", StringComparison.OrdinalIgnoreCase));
            }
        }

        return (fallback, false);
    }

    private List<string>? ReadFilter(string name)
    {
        string key = $"filter[{name}]";
        List<string> values = [.. query
            .Where(pair => pair.Key == key || (pair.Key.StartsWith(key + "[", StringComparison.Ordinal) && IsIndex(pair.Key[key.Length..])))
            .SelectMany(pair => pair.Value)
            .OfType<string>()];
        return values.Count == 0 ? null : values;
    }

    private static List<(long PipelineId, long StatusId)>? ReadStatuses(IQueryCollection query)
    {
        const string Prefix = "filter[statuses][";
        const string Suffix = "][pipeline_id]";
        List<(long, long)> pairs = [];
        foreach (string key in query.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal) &&
            key.EndsWith(Suffix, StringComparison.Ordinal)))
        {
            string index = key[Prefix.Length..^Suffix.Length];
            if (Number(query, key) is { } pipeline && Number(query, $"{Prefix}{index}][status_id]") is { } status)
            {
                pairs.Add((pipeline, status));
            }
        }

        return pairs.Count == 0 ? null : pairs;
    }

    private static long? Number(IQueryCollection query, string name) =>
        query.TryGetValue(name, out StringValues value) && long.TryParse(value, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static bool IsIndex(string tail) => tail.EndsWith(']') && tail[1..^1].All(char.IsAsciiDigit);

    private static T Once<T>(Dictionary<string, T> read, string name, Func<string, T> compute)
    {
        if (!read.TryGetValue(name, out T? value))
        {
            read[name] = value = compute(name);
        }

        return value;
    }
}
