using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A customer to create (Kommo: Customers, adding). Null is not sent.</summary>
public sealed record NewCustomer : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What the next purchase is expected to bring, in the account's currency.</summary>
    public decimal? NextPrice { get; init; }

    /// <summary>When the next purchase is expected; Kommo wants it with periodic purchases.</summary>
    public DateTimeOffset? NextDate { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The status; only with periodic purchases.</summary>
    public long? StatusId { get; init; }

    /// <summary>Days between purchases; only with periodic purchases.</summary>
    public int? Periodicity { get; init; }

    /// <summary>The author shown; 0 shows a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Custom fields.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags to add.</summary>
    public IReadOnlyList<Tag>? TagsToAdd { get; init; }

    /// <summary>Segments; linked entities are linked by <see cref="CustomersClient.Links"/>.</summary>
    [JsonPropertyName("_embedded")]
    public EntityEmbedded? Embedded { get; init; }
}

/// <summary>A change to a customer (Kommo: Customers, editing).</summary>
public sealed record CustomerUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>What the next purchase is expected to bring, in the account's currency.</summary>
    public Change<decimal?> NextPrice { get; init; }

    /// <summary>When the next purchase is expected.</summary>
    public Change<DateTimeOffset?> NextDate { get; init; }

    /// <summary>The responsible user.</summary>
    public Change<long> ResponsibleUserId { get; init; }

    /// <summary>The status; only with periodic purchases.</summary>
    public Change<long> StatusId { get; init; }

    /// <summary>Days between purchases; only with periodic purchases.</summary>
    public Change<int> Periodicity { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public Change<long> UpdatedBy { get; init; }

    /// <summary>When it changed last.</summary>
    public Change<DateTimeOffset> UpdatedAt { get; init; }

    /// <summary>Custom fields to set or clear; the others stay.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags to add; the others stay.</summary>
    public IReadOnlyList<Tag>? TagsToAdd { get; init; }

    /// <summary>Tags to take away.</summary>
    public IReadOnlyList<Tag>? TagsToDelete { get; init; }

    /// <summary>Tags and segments given here replace the whole set.</summary>
    [JsonPropertyName("_embedded")]
    public EntityEmbedded? Embedded { get; init; }
}
