using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A segment of customers (Kommo: Customers, segments). An account has at most 100.</summary>
public sealed class Segment : KommoObject
{
    /// <summary>The segment's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The colour, as hexadecimal digits without <c>#</c>.</summary>
    public string? Color { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>How many customers it has.</summary>
    public long? CustomersCount { get; set; }

    /// <summary>The fields of price that its customers get.</summary>
    public IReadOnlyList<long>? AvailableProductsPriceTypes { get; set; }

    /// <summary>Custom fields that have a value.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; set; }
}

/// <summary>A segment to create (Kommo: Customers, segments, adding).</summary>
public sealed record NewSegment : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The colour, as hexadecimal digits without <c>#</c>.</summary>
    public string? Color { get; init; }

    /// <summary>The fields of price that its customers get.</summary>
    public IReadOnlyList<long>? AvailableProductsPriceTypes { get; init; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }
}

/// <summary>A change to a segment (Kommo: Customers, segments, editing).</summary>
public sealed record SegmentUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>The colour, as hexadecimal digits without <c>#</c>.</summary>
    public Change<string> Color { get; init; }

    /// <summary>The fields of price that its customers get.</summary>
    public IReadOnlyList<long>? AvailableProductsPriceTypes { get; init; }

    /// <summary>Custom fields to set or clear; the others stay.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }
}

/// <summary>The list of segments takes no filter.</summary>
public sealed record SegmentQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
