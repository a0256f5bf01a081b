using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A customer (Kommo: Customers). The function must be on (<see cref="CustomersClient.SetModeAsync"/>); Kommo answers 422 else.</summary>
public sealed class Customer : KommoObject
{
    /// <summary>The customer's id.</summary>
    public long Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>What the next purchase is expected to bring, in the account's currency.</summary>
    public decimal? NextPrice { get; init; }

    /// <summary>When the next purchase is expected.</summary>
    public DateTimeOffset? NextDate { get; init; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The status; only with periodic purchases.</summary>
    public long? StatusId { get; init; }

    /// <summary>Days between purchases; only with periodic purchases.</summary>
    public int? Periodicity { get; init; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When its next task is due.</summary>
    public DateTimeOffset? ClosestTaskAt { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; init; }

    /// <summary>What all purchases brought, in the account's currency.</summary>
    public decimal? Ltv { get; init; }

    /// <summary>How many purchases there were.</summary>
    public long? PurchasesCount { get; init; }

    /// <summary>What a purchase brings on average, in the account's currency.</summary>
    public decimal? AverageCheck { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    /// <summary>Custom fields that have a value.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; init; }

    /// <summary>Tags, segments and linked entities.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; init; }
}
