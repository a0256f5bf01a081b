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

    public void AddOrder(string? field, bool descending)
    {
        if (field is not null)
        {
            Add($"order[{field}]", descending ? "desc" : "asc");
        }
    }

    /// <summary>The names whose flag is set, joined by commas, as <c>with</c>.</summary>
    public void AddWith<TFlags>(TFlags with, IReadOnlyList<(TFlags Flag, string Name)> names)
        where TFlags : struct, Enum
    {
        var chosen = string.Join(',', names.Where(entry => with.HasFlag(entry.Flag)).Select(entry => entry.Name));
        Add("with", chosen.Length == 0 ? null : chosen);
    }

    public override string ToString() => _text.ToString();
}
