using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A customer (Kommo: Customers). The function must be on (<see cref="CustomersClient.SetModeAsync"/>); Kommo answers 422 else.</summary>
public sealed class Customer : KommoObject
{
    /// <summary>The customer's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>What the next purchase is expected to bring, in the account's currency.</summary>
    public decimal? NextPrice { get; set; }

    /// <summary>When the next purchase is expected.</summary>
    public DateTimeOffset? NextDate { get; set; }

    /// <summary>The responsible user.</summary>
    public long? ResponsibleUserId { get; set; }

    /// <summary>The status; only with periodic purchases.</summary>
    public long? StatusId { get; set; }

    /// <summary>Days between purchases; only with periodic purchases.</summary>
    public int? Periodicity { get; set; }

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>When its next task is due.</summary>
    public DateTimeOffset? ClosestTaskAt { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>What all purchases brought, in the account's currency.</summary>
    public decimal? Ltv { get; set; }

    /// <summary>How many purchases there were.</summary>
    public long? PurchasesCount { get; set; }

    /// <summary>What a purchase brings on average, in the account's currency.</summary>
    public decimal? AverageCheck { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>Custom fields that have a value.</summary>
    [JsonPropertyName("custom_fields_values")]
    public IReadOnlyList<CustomFieldValues>? CustomFields { get; set; }

    /// <summary>Tags, segments and linked entities.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; set; }
}
