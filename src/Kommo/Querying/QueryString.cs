using System.Globalization;
using System.Text;

namespace Kommo;

/// <summary>Builds a query string in Kommo's bracket notation, escaped.</summary>
internal sealed class QueryString
{
    private readonly StringBuilder _text = new();

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    public void Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value is null ? null : value.Value ? "1" : "0");

    public void Add(string name, IReadOnlyList<long>? values)
    {
        foreach (var value in values ?? [])
        {
            Add($"{name}[]", value);
        }
    }

    public void Add(string name, IReadOnlyList<string>? values)
    {
        foreach (var value in values ?? [])
        {
            Add($"{name}[]", value);
        }
    }

    public void Add(string name, TimeRange? range)
    {
        Add($"{name}[from]", range?.From?.ToUnixTimeSeconds());
        Add($"{name}[to]", range?.To?.ToUnixTimeSeconds());
    }

    public void Add(string name, IReadOnlyList<PipelineStatus>? statuses)
    {
        for (var i = 0; i < (statuses?.Count ?? 0); i++)
        {
            Add($"{name}[{i}][pipeline_id]", statuses![i].PipelineId);
            Add($"{name}[{i}][status_id]", statuses[i].StatusId);
        }
    }

    public void Add(string name, NumberRange? range)
    {
        Add($"{name}[from]", range?.From?.ToString(CultureInfo.InvariantCulture));
        Add($"{name}[to]", range?.To?.ToString(CultureInfo.InvariantCulture));
    }

    public void AddOrder<TOrder>(TOrder? field, bool descending)
        where TOrder : struct, Enum
    {
        if (field is { } order)
        {
            Add($"order[{EnumNames<TOrder>.Of(order)}]", descending ? "desc" : "asc");
        }
    }

    /// <summary>The names of the flags that are set, joined by commas, as <c>with</c>.</summary>
    public void AddWith<TFlags>(TFlags with)
        where TFlags : struct, Enum => Add("with", EnumNames<TFlags>.Joined(with));

    /// <summary>A query that has nothing but <c>with</c>, as for reading one entity.</summary>
    public static QueryString With<TFlags>(TFlags with)
        where TFlags : struct, Enum
    {
        var query = new QueryString();
        query.AddWith(with);
        return query;
    }

    public override string ToString() => _text.ToString();
}
